"""Pictures that several chapters share, in scikit-learn's manner.

Where an estimator is drawn, the call is ``plots.Something.from_estimator(estimator, X, y, ax=None)`` and
returns an object with ``ax_`` and ``figure_``; where only data are drawn, it is a function that returns axes.
``plots.use_style()`` in the first cell of a notebook gives every picture the same look.

Examples
--------
>>> from sklearn.datasets import make_moons
>>> from sklearn.tree import DecisionTreeClassifier
>>> X, y = make_moons(random_state=0)
>>> regions = DecisionRegions.from_estimator(DecisionTreeClassifier(random_state=0).fit(X, y), X, y)
>>> regions.ax_.get_xlabel()
'$x_1$'
"""

from course.plots.confusion import ConfusionMatrix
from course.plots.curves import LearningCurve
from course.plots.diagrams import flow
from course.plots.fits import RegressionFit
from course.plots.images import image_grid
from course.plots.regions import DecisionRegions
from course.plots.searches import SearchHeatMap
from course.plots.style import COLORS, MARKERS, color, tint, use_style
from course.plots.turnable import Turnable

__all__ = [
    "COLORS",
    "MARKERS",
    "ConfusionMatrix",
    "DecisionRegions",
    "LearningCurve",
    "RegressionFit",
    "SearchHeatMap",
    "Turnable",
    "color",
    "flow",
    "image_grid",
    "tint",
    "use_style",
]
