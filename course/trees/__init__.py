"""Decision trees: CART by hand, the walk through a tree, and pictures of trees.

Examples
--------
>>> from sklearn.datasets import load_iris
>>> from sklearn.tree import DecisionTreeClassifier
>>> iris = load_iris()
>>> tree = DecisionTreeClassifier(max_depth=1, random_state=42).fit(iris.data[:, 2:], iris.target)
>>> print(walk(tree, [5.0, 1.5], feature_names=["length", "width"], class_names=iris.target_names))
length = 5 <= 2.45? no, go right
leaf: versicolor (50 of 100 samples)
"""

from course.trees.cart import Node, Split, best_split, entropy, gini, grow, predict
from course.trees.pictures import SplitLines, draw
from course.trees.reading import walk

__all__ = [
    "Node",
    "Split",
    "SplitLines",
    "best_split",
    "draw",
    "entropy",
    "gini",
    "grow",
    "predict",
    "walk",
]
