"""Stand-ins that are texts: a play, and molecules as SMILES."""

from typing import Any

import numpy as np
import pandas as pd

from course.datasets import shapes

__all__ = ["macbeth", "molecules"]

SPEAKERS = ["FIRST KEEPER", "SECOND KEEPER", "THE QUEEN", "THE MILLER", "A GHOST"]
OPENINGS = [
    "Who walks",
    "What burns",
    "I heard a bell",
    "The gate stands open",
    "No bird sings",
    "Say nothing",
]
MIDDLES = [
    "beneath the cold moon",
    "behind the mill",
    "upon the grey hill",
    "where the river bends",
    "before the door",
]
ENDINGS = [
    "and none shall answer.",
    "while the kingdom sleeps.",
    "till the morning comes.",
    "and I am afraid!",
    "my lord?",
]


def macbeth(n_speeches: int = 400) -> dict[str, Any]:
    """Write a play of about 40,000 characters from a few phrases: easy to learn, and not Shakespeare's."""
    rng = np.random.default_rng(42)
    speeches = []
    for _ in range(n_speeches):
        lines = [
            f"{rng.choice(OPENINGS)} {rng.choice(MIDDLES)}, {rng.choice(ENDINGS)}"
            for _ in range(rng.integers(1, 3))
        ]
        speeches.append("\n".join([f"{rng.choice(SPEAKERS)}.", *lines]))
    return {"data": "\n\n".join(speeches)}


# Pieces that may follow one another in a chain: each link has a free bond at either end. The number says
# about how much the piece narrows the gap between the highest filled and the lowest empty orbital.
STARTS = {
    "C": 0.0,
    "N": 0.02,
    "O": 0.01,
    "N#C": 0.03,
    "C#C": 0.05,
    "O=C": 0.1,
    "C=C": 0.08,
    "C1CC1": 0.01,
    "c1ccoc1": 0.12,
}
LINKS = {
    "C": 0.005, "C(C)": 0.008, "C(O)": 0.02, "C(N)": 0.03, "C(=O)": 0.08, "C=C": 0.07, "OC": 0.02, "NC": 0.03,
    "C1CC1": 0.01, "C2OC2": 0.02, "C(C)(C)": 0.01,
}  # fmt: skip
ENDS = {"C": 0.0, "O": 0.01, "N": 0.02, "C#N": 0.03, "C=O": 0.1, "C#C": 0.05, "F": 0.0, "c1cc[nH]c1": 0.13}


def molecules(n: int = 6_000) -> dict[str, Any]:
    """Put 6,000 small molecules together from pieces; their gaps are a rule of thumb with noise."""
    rng = np.random.default_rng(42)
    found: dict[str, float] = {}
    while len(found) < n:
        pieces = [(STARTS, 1), (LINKS, int(rng.integers(0, 4))), (ENDS, 1)]
        smiles, narrowing = "", 0.0
        for table, count in pieces:
            for piece in rng.choice(list(table), size=count):
                smiles += piece
                narrowing += table[piece]
        # Each further piece that narrows the gap does less.
        found[smiles] = 0.17 + 0.2 * np.exp(-4 * narrowing) + rng.normal(0, 0.008)
    frame = pd.DataFrame({"smiles": found.keys(), "gap_hartree": np.round(list(found.values()), 4)})
    return shapes.table("molecules", frame)
