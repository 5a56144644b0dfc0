"""Clustering: k-means and Gaussian mixtures by hand, pictures of clusters, and learning with few labels.

Examples
--------
>>> import numpy as np
>>> X = np.array([[0.0], [1.0], [10.0], [11.0]])
>>> *_, last = lloyd(X, centroids=[[0.0], [1.0]])
>>> last.centroids.ravel(), last.inertia
(array([ 0.5, 10.5]), 1.0)
"""

from course.clustering.kmeans import Step, far_apart, lloyd, silhouettes
from course.clustering.labelling import ActiveLearner, majority
from course.clustering.mixture import Mixture, em
from course.clustering.pictures import Cells, CoreSamples, Density, Silhouettes

__all__ = [
    "ActiveLearner",
    "Cells",
    "CoreSamples",
    "Density",
    "Mixture",
    "Silhouettes",
    "Step",
    "em",
    "far_apart",
    "lloyd",
    "majority",
    "silhouettes",
]
