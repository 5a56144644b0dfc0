"""A file is used only if it is intact: planted faults in each format are seen."""

import hashlib
import io

import numpy as np
import pytest
from PIL import Image
from scipy.io import savemat

from course.datasets import home, values
from course.datasets.readers import read
from course.datasets.registry import Copy, File


def npz(compressed):
    arrays = {
        "x_train": np.arange(3 * 784, dtype=np.uint8).reshape(3, 28, 28),
        "y_train": np.array([5, 0, 4], np.uint8),
        "x_test": np.ones((1, 28, 28), np.uint8),
        "y_test": np.array([7], np.uint8),
    }
    file = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(file, **arrays)
    return file.getvalue()


def png(level):
    file = io.BytesIO()
    pixels = np.arange(5 * 4 * 3, dtype=np.uint8).reshape(5, 4, 3)
    Image.fromarray(pixels).save(file, "PNG", compress_level=level)
    return file.getvalue()


def mat(compressed):
    file = io.BytesIO()
    savemat(
        file,
        {"faces": np.arange(4096 * 400, dtype=np.uint64).astype(np.uint8).reshape(4096, 400)},
        do_compression=compressed,
    )
    return file.getvalue()


def csv(separators):
    lines = ["smiles,gap_hartree", "C,0.5048", "N,0.3399"]
    return separators.join([*lines, ""]).encode()


def district(digits):
    row = ",".join(f"{number:.{digits}f}" for number in (-122.25, 37.75, 41, 880, 129, 322, 126, 8.5, 452600))
    return f"{row}\n{row}\n".encode()


# owner, name, one writing, another writing of the same values
FORMATS = {
    "npz": ("mnist", "mnist.npz", npz(True), npz(False)),
    "png": ("ladybug", "ladybug.png", png(9), png(0)),
    "mat": ("olivetti-faces", "olivettifaces.mat", mat(True), mat(False)),
    "csv": ("molecules", "qm9-gap-subset.csv", csv("\n"), csv("\r\n")),
    "data": ("california-housing", "cal_housing.data", district(6), district(3)),
}


@pytest.fixture(params=FORMATS)
def known(request):
    """A file with one known copy, that copy, and another writing of it."""
    owner, name, content, other = FORMATS[request.param]
    copy = Copy(sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))
    file = File(name=name, owner=owner, copies=(copy,), values=values.digest(read(owner, [content])))
    return file, content, other


def test_a_known_copy_and_another_writing_are_intact(known):
    file, content, other = known
    assert content != other
    assert home.damage(file, content) == ""
    assert home.damage(file, other) == ""


def test_any_changed_byte_is_refused(known):
    file, content, _ = known
    places = range(len(content)) if len(content) < 5000 else [*range(0, len(content), 997), len(content) - 1]
    for place in places:
        for flip in (0x01, 0x80):
            changed = bytearray(content)
            changed[place] ^= flip
            assert home.damage(file, bytes(changed)), f"byte {place}"


@pytest.mark.parametrize("cut", [1, 2, 3, 7, 20, 50])
def test_a_file_cut_short_is_refused_also_in_another_writing(known, cut):
    file, content, other = known
    assert home.damage(file, content[:-cut])
    assert home.damage(file, other[:-cut])
    assert home.damage(file, content[: len(content) // 2])
    assert home.damage(file, b"")


def test_another_writing_with_another_value_is_refused():
    owner, name, content, other = FORMATS["csv"]
    copy = Copy(sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))
    file = File(name=name, owner=owner, copies=(copy,), values=values.digest(read(owner, [content])))
    assert "values are not those" in home.damage(file, other.replace(b"0.5048", b"0.5049"))
    assert "values are not those" in home.damage(file, other.replace(b"N,", b"O,"))


def test_without_a_hash_of_the_values_only_known_copies_count():
    owner, name, content, other = FORMATS["npz"]
    file = File(name=name, owner=owner, copies=(Copy(sha256=hashlib.sha256(content).hexdigest()),))
    assert home.damage(file, content) == ""
    assert home.damage(file, other)


def test_the_home_is_what_the_environment_says_else_the_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA_HOME", str(tmp_path))
    assert home.folder() == tmp_path
    monkeypatch.setenv("COURSE_DATA_HOME", "~/lessons")
    assert home.folder().is_absolute()
    monkeypatch.delenv("COURSE_DATA_HOME")
    assert home.folder().parts[-2:] == ("course", "data")


def test_the_hash_sees_values_names_types_and_shapes():
    import pandas as pd

    data = np.arange(6.0).reshape(2, 3)
    different = [
        {"data": data},
        {"data": data.reshape(3, 2)},
        {"data": data.astype(np.float32)},
        {"data": data, "target": np.array([0, 1])},
        {"data": data, "target": np.array(["0", "1"])},
        {"data": "a text"},
        {"frame": pd.DataFrame(data)},
        {"frame": pd.DataFrame(data, columns=list("abc"))},
        {"frame": pd.DataFrame({"a": ["ab", "c"]})},
        {"frame": pd.DataFrame({"a": ["a", "bc"]})},
    ]
    assert len({values.digest(content) for content in different}) == len(different)
    assert values.digest({"data": data}) == values.digest(
        {"data": np.asfortranarray(data).astype(">f8").astype(float)}
    )
