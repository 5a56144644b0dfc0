"""The real files of this machine, if its data home holds any."""

import random

import pytest

from course import datasets
from course.datasets import home, registry, standins

pytestmark = pytest.mark.machine_data

NAMES = [entry.name for entry in registry.entries().values() if entry.kind == "file"]
SHAPES = {
    "mnist": (70_000, 784),
    "mnist-5k": (5_000, 784),
    "fashion-mnist": (70_000, 784),
    "olivetti-faces": (400, 4096),
    "california-housing": (20_640, 8),
    "housing": (20_640, 9),
    "wine-quality": (1_599, 11),
    "bank-marketing": (45_211, 16),
    "credit-approval": (690, 14),
    "ladybug": (533, 800, 3),
    "molecules": (30_937, 1),
}


@pytest.fixture(params=NAMES)
def entry(request):
    found = registry.find(request.param)
    if not all((home.folder() / file.name).exists() for file in found.files):
        pytest.skip(f"{request.param} is not in the data home of this machine")
    return found


def test_they_load_as_real_with_the_form_of_the_stand_in(entry):
    real = datasets.load(entry.name, standin=False)
    assert not real.is_standin
    if entry.name in SHAPES:
        assert real.data.shape == SHAPES[entry.name]
    standin = standins.make(entry.name)
    assert {*standin, "name", "origin", "is_standin", "sha256", "DESCR"} == set(real)
    if "frame" in real:
        assert list(real.frame) == list(standin["frame"])
        assert list(real.frame.dtypes) == list(standin["frame"].dtypes)
    assert real.get("feature_names") == standin.get("feature_names")
    assert real.get("target_names") == standin.get("target_names")


def test_any_changed_byte_is_refused(entry):
    for file in entry.files:
        content = (home.folder() / file.name).read_bytes()
        last = len(content) - 1
        # The start and the end are where formats keep what is not values.
        places = {*range(40), *range(last - 40, last + 1), *random.Random(0).sample(range(last), 20)}
        for place in places:
            changed = bytearray(content)
            changed[place] ^= 1
            assert home.damage(file, bytes(changed)), f"{file.name}, byte {place}"


def test_a_file_cut_short_is_refused(entry):
    for file in entry.files:
        content = (home.folder() / file.name).read_bytes()
        for cut in (1, 2, 8, 100, len(content) // 2, len(content)):
            assert home.damage(file, content[: len(content) - cut]), f"{file.name}, {cut} bytes cut"


def test_the_5000_digits_are_the_first_of_mnist():
    if not (home.folder() / "mnist.npz").exists():
        pytest.skip("MNIST is not in the data home of this machine")
    whole, few = datasets.load("mnist", standin=False), datasets.load("mnist-5k", standin=False)
    assert (whole.data[:5000] == few.data).all()
    assert [int((few.target == digit).sum()) for digit in range(10)] == [
        479,
        563,
        488,
        493,
        535,
        434,
        501,
        550,
        462,
        495,
    ]
