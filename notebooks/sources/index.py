# %% [markdown]
# # Machine learning, run and checked
#
# Every chapter is a notebook that you read and run. It rebuilds the figures and numbers of published texts with
# scikit-learn and Keras, and shows the published number beside the one that your machine has just computed. Where
# a text is wrong, the chapter says so and shows why. Then come exercises, which tell you at once whether your
# solution holds.
#
# **How to go about it.** Open a lecture, run its cells from the top with *Shift-Enter*, and change whatever makes
# you curious: nothing can break. When the lecture makes sense, open the exercises beside it. In an exercise,
# `ask.depth.check(depth)` checks your answer, `ask.depth.hint()` gives a hint, then a plainer one, and
# `ask.depth.solution()` shows a worked solution, if your copy of the course has the solutions.

# %% [markdown]
# ## Chapters
#
# | | Chapter | The question it answers | |
# |---|---|---|---|
# | 03 | **Decision trees** | How does a machine find good yes-or-no questions, and when does it ask too many? | [lecture](03_trees/lecture.ipynb) · [wine study](03_trees/wine.ipynb) · [exercises](03_trees/exercises.ipynb) |
# | 04 | **Ensembles** | When are many predictors wiser than the best of them? | [voting and forests](04_ensembles/lecture.ipynb) · [boosting and stacking](04_ensembles/boosting.ipynb) · [exercises](04_ensembles/exercises.ipynb) |
# | 05 | **Fewer dimensions** | Which directions in the data matter, and what is lost with the others? | [projection and PCA](05_reduction/lecture.ipynb) · [PCA at work](05_reduction/pca_at_work.ipynb) · [chance and manifolds](05_reduction/manifolds.ipynb) · [exercises](05_reduction/exercises.ipynb) |
# | 06 | **Clustering** | What can be learnt from data without labels, and how far can a few labels go? | [k-means](06_clustering/lecture.ipynb) · [uses](06_clustering/uses.ipynb) · [clusters of any shape](06_clustering/shapes.ipynb) · [mixtures and outliers](06_clustering/mixtures.ipynb) · [exercises](06_clustering/exercises.ipynb) |
# | 07 | **Kernels** | How can a straight cut part what is bent, and how sure is the machine? | [lecture](07_kernels/lecture.ipynb) · [exercises](07_kernels/exercises.ipynb) |
# | 10 | **Multilayer perceptrons with Keras** | What can neurons compute and learn, and how does one build, train and tune a net? | [from neurons to nets](10_mlps/neurons.ipynb) · [three ways to build a model](10_mlps/lecture.ipynb) · [training in practice](10_mlps/training.ipynb) · [digits and wine](10_mlps/digits_and_wine.ipynb) · [exercises](10_mlps/exercises.ipynb) |
#
# More chapters are being written, from the first steps in Python to neural networks that draw digits.

# %% [markdown]
# ## What you have solved
# Run this cell to see how far you are. Your record is kept in your own user folder; `course progress` shows it too.

# %% tags=["nbval-ignore-output"]
from course.exercises import progress

progress.summary()

# %% [markdown]
# ## Data and size
# The course works without a network. Where a real data set is not on your machine, a **stand-in** of the same shape
# takes its place, the notebook says so, and no published number is claimed to match. To get the real ones, run
# `course data list` and `course data fetch --all` in a terminal (*File, New, Terminal*).
#
# Notebooks run at a *quick* size. Set the environment variable `COURSE_SCALE=full` before you start Lab to run at
# the published sizes. [The report](REPRODUCTION.md) lists every published number with what came out here.
