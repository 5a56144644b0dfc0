"""Stand-ins that are tables, drawn with the ranges and the main relations of the real ones."""

from typing import Any

import numpy as np
import pandas as pd

from course.datasets import shapes

__all__ = ["bank_marketing", "california_housing", "credit_approval", "housing", "wine_quality"]


def _scaled(z: Any, mean: float, std: float, low: float, high: float) -> np.ndarray:
    """Turn standard normal values into a skewed column: never under `low`, cut at `high`."""
    spread = np.sqrt(np.log1p((std / (mean - low)) ** 2))
    return np.clip(low + (mean - low) * np.exp(spread * np.asarray(z) - spread**2 / 2), low, high)


def _ranked(score: np.ndarray, counts: list[int]) -> np.ndarray:
    """Give class 0 to the lowest scores, class 1 to the next ..., as many each as `counts` says."""
    classes = np.empty(len(score), dtype=int)
    classes[np.argsort(score, kind="stable")] = np.repeat(np.arange(len(counts)), counts)
    return classes


def _standard(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / values.std()


def wine_quality() -> dict[str, Any]:
    """Draw 1,599 wines; more alcohol and less volatile acidity make a better one."""
    rng = np.random.default_rng(42)
    *names, _ = shapes.COLUMNS["wine-quality"]
    z = dict(zip(names, rng.normal(size=(11, 1599)), strict=True))
    z["citric acid"] += z["fixed acidity"] - 0.7 * z["volatile acidity"]
    z["pH"] -= z["fixed acidity"]
    z["total sulfur dioxide"] += z["free sulfur dioxide"]
    z["density"] += z["fixed acidity"] + 0.6 * z["residual sugar"] - 0.8 * z["alcohol"]
    # mean, standard deviation, range, digits
    forms = {
        "fixed acidity": (8.32, 1.74, 4.6, 15.9, 1),
        "volatile acidity": (0.53, 0.18, 0.12, 1.58, 2),
        "citric acid": (0.27, 0.19, 0.0, 1.0, 2),
        "residual sugar": (2.5, 1.4, 0.9, 15.5, 1),
        "chlorides": (0.087, 0.047, 0.012, 0.611, 3),
        "free sulfur dioxide": (15.9, 10.5, 1, 72, 0),
        "total sulfur dioxide": (46.5, 32.9, 6, 289, 0),
        "density": (0.9967, 0.0019, 0.99007, 1.00369, 5),
        "pH": (3.31, 0.15, 2.74, 4.01, 2),
        "sulphates": (0.66, 0.17, 0.33, 2.0, 2),
        "alcohol": (10.4, 1.07, 8.4, 14.9, 1),
    }
    frame = pd.DataFrame(
        {name: _scaled(_standard(z[name]), *form).round(digits) for name, (*form, digits) in forms.items()}
    )
    score = (
        z["alcohol"] - 0.8 * z["volatile acidity"] + 0.5 * z["sulphates"] - 0.3 * z["total sulfur dioxide"]
    )
    frame["quality"] = 3 + _ranked(_standard(score) + rng.normal(0, 1, 1599), [10, 53, 681, 638, 199, 18])
    return shapes.table("wine-quality", frame)


# The coast of California, from south to north.
COAST = {
    "latitude": [32.5, 34.0, 34.5, 36.6, 37.8, 40.4, 42.0],
    "longitude": [-117.2, -118.5, -120.5, -121.9, -122.5, -124.3, -124.2],
}


def _districts() -> tuple[pd.DataFrame, np.ndarray]:
    """Draw 20,640 districts, and how far each lies from the coast in degrees."""
    rng = np.random.default_rng(42)
    n = 20_640
    # Los Angeles, San Francisco Bay, San Diego, and everything else.
    place = rng.choice(4, size=n, p=[0.42, 0.22, 0.08, 0.28])
    latitude = np.choose(place, [34.0, 37.6, 32.9, rng.uniform(34.5, 41.5, n)]) + rng.normal(0, 0.2, n)
    latitude = np.clip(latitude, 32.54, 41.95)
    inland = rng.exponential(np.array([0.35, 0.3, 0.15, 1.4])[place])
    longitude = np.clip(np.interp(latitude, COAST["latitude"], COAST["longitude"]) + inland, -124.35, -114.31)
    income = _scaled(rng.normal(size=n) - 0.2 * np.minimum(inland, 2), 4.0, 1.9, 0.4999, 15.0001)
    households = _scaled(rng.normal(size=n), 500, 382, 1, 6082).round()
    per_home = _scaled(0.6 * _standard(income) + 0.8 * rng.normal(size=n), 5.4, 1.6, 1, 40)
    age = np.clip(rng.normal(29 - 4 * (place == 3), 13, n), 1, 52).round()
    bay = (place == 1) & (inland < 0.6)
    value = (
        52_000 * income * np.exp(0.35 - 0.45 * np.minimum(inland, 2) + 0.25 * bay + rng.normal(0, 0.28, n))
    )
    frame = pd.DataFrame(
        {
            "longitude": longitude.round(2),
            "latitude": latitude.round(2),
            "housing_median_age": age,
            "total_rooms": np.clip((households * per_home).round(), 2, 39_320),
            "total_bedrooms": (households * _scaled(rng.normal(size=n), 1.07, 0.15, 0.3, 10))
            .round()
            .clip(1, 6445),
            "population": (households * _scaled(rng.normal(size=n), 2.9, 0.8, 0.7, 20))
            .round()
            .clip(3, 35_682),
            "households": households.clip(1),
            "median_income": income.round(4),
            "median_house_value": np.clip(value, 14_999, 500_001).round(),
        }
    )
    near = np.select([bay, inland < 0.1, inland < 0.6], ["NEAR BAY", "NEAR OCEAN", "<1H OCEAN"], "INLAND")
    return frame, near


def california_housing() -> dict[str, Any]:
    """Draw the averages of 20,640 districts, as scikit-learn has them."""
    return shapes.california(_districts()[0])


def housing() -> dict[str, Any]:
    """Draw the same districts with their place by the ocean, 207 gaps, and five on an island."""
    frame, near = _districts()
    rng = np.random.default_rng(43)
    frame["ocean_proximity"] = near
    island = rng.choice(len(frame), size=5, replace=False)
    frame.loc[island, ["longitude", "latitude", "ocean_proximity"]] = [-118.4, 33.4, "ISLAND"]
    frame.loc[rng.choice(len(frame), size=207, replace=False), "total_bedrooms"] = np.nan
    return shapes.table("housing", frame)


# How often each value occurs, in per cent.
BANK = {
    "job": {
        "blue-collar": 21.5, "management": 20.9, "technician": 16.8, "admin.": 11.5, "services": 9.2,
        "retired": 5, "self-employed": 3.5, "entrepreneur": 3.3, "unemployed": 2.9, "housemaid": 2.7,
        "student": 2.1, "unknown": 0.6,
    },
    "marital": {"married": 60.2, "single": 28.3, "divorced": 11.5},
    "education": {"secondary": 51.3, "tertiary": 29.4, "primary": 15.2, "unknown": 4.1},
    "default": {"no": 98.2, "yes": 1.8},
    "housing": {"yes": 55.6, "no": 44.4},
    "loan": {"no": 84, "yes": 16},
    "contact": {"cellular": 64.8, "unknown": 28.8, "telephone": 6.4},
    "month": {
        "may": 30.4, "jul": 15.3, "aug": 13.8, "jun": 11.8, "nov": 8.8, "apr": 6.5, "feb": 5.9, "jan": 3.1,
        "oct": 1.6, "sep": 1.3, "mar": 1.1, "dec": 0.4,
    },
}  # fmt: skip


def bank_marketing() -> dict[str, Any]:
    """Draw 45,211 calls, 5,289 of them a success: long ones, and to people who said yes before."""
    rng = np.random.default_rng(42)
    n = 45_211
    frame = pd.DataFrame(
        {
            name: rng.choice(list(shares), size=n, p=np.array(list(shares.values())) / sum(shares.values()))
            for name, shares in BANK.items()
        }
    )
    frame["age"] = _scaled(rng.normal(size=n), 41, 10.6, 18, 95).round()
    frame["balance"] = (_scaled(rng.normal(size=n), 2362, 3000, 0, 102_000) - 1000).round()
    frame["day"] = rng.integers(1, 32, n)
    talk = rng.normal(size=n)
    frame["duration"] = _scaled(talk, 258, 257, 0, 4918).round()
    frame["campaign"] = np.minimum(rng.geometric(0.36, n), 63)
    called = rng.random(n) < 0.18
    frame["pdays"] = np.where(called, _scaled(rng.normal(size=n), 224, 115, 1, 871).round(), -1)
    frame["previous"] = np.where(called, rng.geometric(0.32, n), 0)
    said = rng.choice(["failure", "other", "success"], size=n, p=[0.6, 0.22, 0.18])
    frame["poutcome"] = np.where(called, said, "unknown")
    score = 1.2 * talk + 2.2 * (frame["poutcome"] == "success") + 0.5 * (frame["contact"] != "unknown")
    score += 0.8 * frame["month"].isin(["mar", "sep", "oct", "dec"]) - 0.4 * (frame["housing"] == "yes")
    frame["y"] = np.array(["no", "yes"])[_ranked(score.to_numpy() + rng.logistic(0, 0.6, n), [39_922, 5_289])]
    return shapes.table("bank-marketing", frame)


def credit_approval() -> dict[str, Any]:
    """Draw 690 applications, 307 of them approved; A8 says most of it, as in the real data."""
    rng = np.random.default_rng(42)
    n = 690

    def pick(shares: list[float], start: int = 1) -> np.ndarray:
        return start + rng.choice(len(shares), size=n, p=shares)

    merit = rng.normal(size=n)
    employed = merit + rng.normal(0, 1.2, n) > 0.3
    frame = pd.DataFrame(
        {
            "CustomerID": 15_565_714 + rng.choice(249_730, size=n, replace=False),
            "A1": pick([0.32, 0.68], start=0),
            "A2": _scaled(0.2 * merit + rng.normal(size=n), 31.6, 11.8, 13.75, 80.25).round(2),
            "A3": _scaled(0.3 * merit + rng.normal(size=n), 4.8, 5, 0, 28).round(3),
            "A4": pick([0.236, 0.76, 0.004]),
            "A5": np.clip(np.rint(7.4 + 0.8 * merit + rng.normal(0, 3.5, n)), 1, 14),
            "A6": pick([0.08, 0.01, 0.01, 0.59, 0.085, 0.01, 0.005, 0.2, 0.01]),
            "A7": _scaled(0.4 * merit + rng.normal(size=n), 2.2, 3.3, 0, 28.5).round(3),
            "A8": merit + rng.normal(0, 0.5, n) > -0.05,
            "A9": employed,
            "A10": np.where(employed, np.minimum(rng.geometric(0.18, n), 67), 0),
            "A11": pick([0.54, 0.46], start=0),
            "A12": pick([0.083, 0.905, 0.012]),
            "A13": _scaled(-0.2 * merit + rng.normal(size=n), 184, 172, 0, 2000).round(),
            "A14": _scaled(0.4 * merit + rng.normal(size=n), 1018, 5206, 1, 100_001).round(),
            "Class": _ranked(merit + rng.normal(0, 0.25, n), [383, 307]),
        }
    )
    return shapes.table("credit-approval", frame)
