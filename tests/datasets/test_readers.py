"""Readers of formats that few machines have the real files of."""

import gzip
import io
import struct

import numpy as np
import pytest
from scipy.io import savemat

from course.datasets import shapes
from course.datasets.readers import read


def idx(array):
    header = struct.pack(">BBBB", 0, 0, 8, array.ndim) + struct.pack(f">{array.ndim}i", *array.shape)
    return gzip.compress(header + array.tobytes())


def test_fashion_mnist_puts_the_test_part_after_the_training_part():
    rng = np.random.default_rng(0)
    x_train, x_test = (rng.integers(0, 256, size=(n, 28, 28), dtype=np.uint8) for n in (4, 2))
    y_train, y_test = np.array([9, 0, 1, 2], np.uint8), np.array([3, 4], np.uint8)
    content = read("fashion-mnist", [idx(array) for array in (x_train, y_train, x_test, y_test)])
    np.testing.assert_array_equal(content["images"], np.concatenate([x_train, x_test]))
    assert content["target"].tolist() == [9, 0, 1, 2, 3, 4]
    assert content["split"] == 4
    assert content["target_names"][9] == "Ankle boot"


def test_idx_files_that_are_cut_short_cannot_be_read():
    whole = [idx(np.zeros(shape, np.uint8)) for shape in ((4, 28, 28), (4,), (2, 28, 28), (2,))]
    with pytest.raises(EOFError):
        read("fashion-mnist", [whole[0][:-1], *whole[1:]])


def test_faces_stand_upright_and_between_0_and_1():
    picture = np.zeros((64, 64), np.uint8)
    picture[3, 5] = 200
    # The file has a face in a column, its pixels down the columns of the picture.
    faces = np.tile(picture.T.reshape(-1, 1), 400)
    file = io.BytesIO()
    savemat(file, {"faces": faces})
    images = read("olivetti-faces", [file.getvalue()])["images"]
    assert images.dtype == np.float32
    assert images[7, 3, 5] == 1
    assert images[7].sum() == 1


def test_california_is_given_as_scikit_learn_gives_it():
    row = b"-122.23,37.88,41.0,880.0,129.0,322.0,126.0,8.3252,452600.0\n"
    content = read("california-housing", [row])
    expected = [8.3252, 41.0, 880 / 126, 129 / 126, 322.0, 322 / 126, 37.88, -122.23]
    assert content["data"].iloc[0].tolist() == expected
    assert content["target"].tolist() == [4.526]


def test_a_play_comes_without_what_the_publisher_wrote_around_it():
    text = "\ufeffTitle\r\n*** START OF THE BOOK ***\r\n\r\nACT I\r\nThunder.\r\n*** END OF IT ***\r\nLicence"
    assert read("macbeth", [text.encode()])["data"] == "ACT I\nThunder."


def test_tables_get_their_types_and_gaps():
    lines = [
        ",".join(shapes.COLUMNS["housing"]),
        "-122.23,37.88,41.0,880.0,,322.0,126.0,8.3252,NEAR BAY,452600.0",
        "",
    ]
    frame = read("housing", ["\n".join(lines).encode()])["frame"]
    assert frame["total_bedrooms"].isna().all()
    assert frame["longitude"].tolist() == [-122.23]
    assert frame["ocean_proximity"].tolist() == ["NEAR BAY"]
