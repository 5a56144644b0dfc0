"""A stand-in has the form of the real data, is the same each time, and can be learnt from."""

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.model_selection import cross_val_score
from sklearn.neighbors import NearestCentroid

from course import datasets
from course.datasets import registry, shapes, standins, values

WITH = [entry.name for entry in registry.entries().values() if entry.standin]
TABLES = list(shapes.COLUMNS)
# rows of the real tables, and the ends of some columns
RANGES = {
    "wine-quality": {
        "fixed acidity": (4.6, 15.9),
        "density": (0.99, 1.004),
        "pH": (2.74, 4.01),
        "quality": (3, 8),
    },
    "housing": {
        "longitude": (-124.35, -114.31),
        "latitude": (32.54, 41.95),
        "median_house_value": (14_999, 500_001),
    },
    "bank-marketing": {"age": (18, 95), "day": (1, 31), "duration": (0, 4918), "pdays": (-1, 871)},
    "credit-approval": {"A2": (13.75, 80.25), "A4": (1, 3), "A5": (1, 14), "A6": (1, 9), "A14": (1, 100_001)},
    "molecules": {"gap_hartree": (0.02, 0.51)},
}


@pytest.mark.parametrize("name", WITH)
def test_it_is_the_same_each_time(name):
    assert values.digest(standins.make(name)) == values.digest(standins.make(name))


@pytest.mark.parametrize("name", TABLES)
def test_tables_have_the_columns_types_and_ranges(name):
    bunch = datasets.load(name, standin=True)
    kinds = {float: "f", int: "i", str: "OUT"}
    assert list(bunch.frame) == list(shapes.COLUMNS[name])
    for column, kind in shapes.COLUMNS[name].items():
        series = bunch.frame[column]
        assert pd.api.types.is_string_dtype(series) if kind is str else series.dtype.kind == kinds[kind]
    for column, (low, high) in RANGES[name].items():
        assert bunch.frame[column].between(low, high).all(), column
    assert list(bunch.data) == bunch.feature_names
    assert bunch.target.name == list(shapes.COLUMNS[name])[-1]
    assert bunch.frame.isna().sum().sum() == (207 if name == "housing" else 0)


def test_classes_are_as_frequent_as_in_the_real_tables():
    wine = datasets.load("wine-quality", standin=True).target
    assert wine.value_counts().sort_index().tolist() == [10, 53, 681, 638, 199, 18]
    bank = datasets.load("bank-marketing", standin=True).target
    assert bank.value_counts().to_dict() == {"no": 39_922, "yes": 5_289}
    credit = datasets.load("credit-approval", standin=True)
    assert credit.target.value_counts().to_dict() == {0: 383, 1: 307}
    assert credit.frame.CustomerID.is_unique
    assert "CustomerID" not in credit.data
    near = datasets.load("housing", standin=True).frame.ocean_proximity
    assert set(near) == {"<1H OCEAN", "INLAND", "NEAR OCEAN", "NEAR BAY", "ISLAND"}
    assert (near == "ISLAND").sum() == 5


@pytest.mark.parametrize(
    ("name", "side", "dtype", "classes", "split"),
    [
        ("mnist", 28, np.uint8, 10, 4200),
        ("mnist-5k", 28, np.uint8, 10, None),
        ("fashion-mnist", 28, np.uint8, 10, 12_000),
        ("olivetti-faces", 64, np.float32, 40, None),
    ],
)
def test_pictures_have_the_form_of_the_real_ones(name, side, dtype, classes, split):
    bunch = datasets.load(name, standin=True)
    assert bunch.images.shape == (len(bunch.data), side, side)
    assert np.shares_memory(bunch.images, bunch.data)
    assert bunch.data.dtype == dtype
    assert bunch.data.shape[1] == side * side == len(bunch.feature_names)
    assert bunch.data.max() <= (255 if dtype == np.uint8 else 1)
    assert bunch.data.min() >= 0
    assert len(bunch.target_names) == classes
    assert sorted(set(bunch.target)) == list(range(classes))
    assert bunch.target.dtype.kind == "i"
    assert bunch.get("split") == split
    if split:
        assert set(bunch.target[:split]) == set(bunch.target[split:]) == set(range(classes))


def test_faces_are_ten_of_each_person_in_order():
    assert (
        datasets.load("olivetti-faces", standin=True).target.tolist() == np.repeat(np.arange(40), 10).tolist()
    )


def test_lungs_have_a_lesion_each():
    lungs = datasets.load("lung-ct")
    assert lungs.data.shape == lungs.target.shape == (119, 128, 128)
    assert lungs.split == 100
    assert set(np.unique(lungs.target)) == {0, 1}
    assert (lungs.target.sum(axis=(1, 2)) > 10).all()
    assert all(
        scan[mask == 1].mean() > scan.mean() for scan, mask in zip(lungs.data, lungs.target, strict=True)
    )


def test_sprites_and_the_photo_are_colour_pictures():
    sprites = datasets.load("pokemon")
    assert sprites.data.shape == (2000, 64, 64, 3)
    assert sprites.data.dtype == np.uint8
    photo = datasets.load("ladybug", standin=True).data
    assert photo.ndim == 3
    assert photo.shape[2] == 3
    assert photo.dtype == np.uint8


def test_the_play_is_long_enough_to_learn_letters_from():
    text = datasets.load("macbeth", standin=True).data
    assert 30_000 < len(text) < 50_000
    assert 25 < len(set(text.lower())) < 60


def test_molecules_are_chemically_possible():
    chem = pytest.importorskip("rdkit.Chem")
    smiles = datasets.load("molecules", standin=True).frame.smiles
    assert smiles.is_unique
    assert all(chem.MolFromSmiles(text) is not None for text in smiles)


def test_garments_can_be_learnt_but_not_at_once():
    bunch = datasets.load("fashion-mnist", standin=True, limit=3000)
    X, y, split = bunch.data, bunch.target, bunch.split
    assert 0.5 < NearestCentroid().fit(X[:split], y[:split]).score(X[split:], y[split:]) < 0.95


@pytest.mark.parametrize(
    ("name", "low", "high"), [("california-housing", 0.5, 0.9), ("wine-quality", 0.2, 0.6)]
)
def test_tables_can_be_learnt_but_not_at_once(name, low, high):
    bunch = datasets.load(name, standin=True, limit=3000)
    scores = cross_val_score(HistGradientBoostingRegressor(random_state=0), bunch.data, bunch.target, cv=3)
    assert low < scores.mean() < high
