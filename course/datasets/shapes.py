"""The form in which real data and stand-ins alike are given: columns and their types, names of classes."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["COLUMNS", "FASHION", "california", "pictures", "table"]

# Columns of the tables, as the files have them; the last one is the target.
COLUMNS: dict[str, dict[str, type]] = {
    "wine-quality": {
        "fixed acidity": float,
        "volatile acidity": float,
        "citric acid": float,
        "residual sugar": float,
        "chlorides": float,
        "free sulfur dioxide": float,
        "total sulfur dioxide": float,
        "density": float,
        "pH": float,
        "sulphates": float,
        "alcohol": float,
        "quality": int,
    },
    "housing": {
        "longitude": float,
        "latitude": float,
        "housing_median_age": float,
        "total_rooms": float,
        "total_bedrooms": float,
        "population": float,
        "households": float,
        "median_income": float,
        "ocean_proximity": str,
        "median_house_value": float,
    },
    "bank-marketing": {
        "age": int,
        "job": str,
        "marital": str,
        "education": str,
        "default": str,
        "balance": int,
        "housing": str,
        "loan": str,
        "contact": str,
        "day": int,
        "month": str,
        "duration": int,
        "campaign": int,
        "pdays": int,
        "previous": int,
        "poutcome": str,
        "y": str,
    },
    "credit-approval": {
        "CustomerID": int,
        **{f"A{number}": float if number in (2, 3, 7) else int for number in range(1, 15)},
        "Class": int,
    },
    "molecules": {"smiles": str, "gap_hartree": float},
}
CLASSES = {"bank-marketing": ["no", "yes"], "credit-approval": ["refused", "approved"]}
NO_FEATURES = {"CustomerID"}
FASHION = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
    "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
]  # fmt: skip


def table(name: str, frame: "pd.DataFrame") -> dict[str, Any]:
    """Give a table the columns of its data set, in order and type, and name features and target."""
    columns = COLUMNS[name]
    frame = frame[list(columns)].astype({key: kind for key, kind in columns.items() if kind is not str})
    *features, target = columns
    features = [feature for feature in features if feature not in NO_FEATURES]
    return _parts(frame, features, target, CLASSES.get(name, [target]))


def california(districts: "pd.DataFrame") -> dict[str, Any]:
    """Turn the districts of the census into the averages that scikit-learn's version of the data has.

    Parameters
    ----------
    districts : DataFrame
        With the number columns of ``housing``.
    """
    import pandas as pd

    households = districts["households"]
    frame = pd.DataFrame(
        {
            "MedInc": districts["median_income"],
            "HouseAge": districts["housing_median_age"],
            "AveRooms": districts["total_rooms"] / households,
            "AveBedrms": districts["total_bedrooms"] / households,
            "Population": districts["population"],
            "AveOccup": districts["population"] / households,
            "Latitude": districts["latitude"],
            "Longitude": districts["longitude"],
            "MedHouseVal": districts["median_house_value"] / 100_000,
        }
    )
    *features, target = frame
    return _parts(frame, features, target, [target])


def _parts(frame: "pd.DataFrame", features: list[str], target: str, classes: list[str]) -> dict[str, Any]:
    return {
        "data": frame[features],
        "target": frame[target],
        "frame": frame,
        "feature_names": features,
        "target_names": classes,
    }


def pictures(images: "np.ndarray", target: "np.ndarray", classes: list[str], **more: Any) -> dict[str, Any]:
    """Give pictures as rows of pixels in `data`, with `images` as another view of the same memory."""
    height, width = images.shape[1:3]
    return {
        "data": images.reshape(len(images), -1),
        "images": images,
        "target": target.astype(int),
        "feature_names": [f"pixel_{row}_{column}" for row in range(height) for column in range(width)],
        "target_names": classes,
        **more,
    }
