# %% [markdown]
# # Kernels: exercises
# Six questions, 14 points. Write each answer under the name that the cell gives, run the cell, then run the check
# below it. A check says at once which property of your answer holds and which does not; `hint()` helps, and helps more
# each time you call it. Your instructor's checks ask with data that you have not seen.
#
# The questions come after notebook 4 of the *Advanced Python and Machine Learning Course* (May 2024), and one after the
# section on support vector machines of the *Handbook of Deep Learning Models*.

# %% tags=["setup"]
import numpy as np
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from course import datasets

# %%
from course.exercises import kernels as ask

# %% [markdown]
# ## 1. A kernel matrix
# Write `similarities(A, B, sigma)`: the RBF kernel $\exp(-\|a - b\|^2 / (2\sigma^2))$ of each row of `A` with each row of `B`, as an array with a row
# for each row of `A`. *(2 points)*


# %% tags=["answer:kernels-matrix", "apml-04-ex-01"]
### BEGIN SOLUTION
def similarities(A, B, sigma):
    squared = ((A[:, np.newaxis] - B[np.newaxis]) ** 2).sum(axis=2)
    return np.exp(-squared / (2 * sigma**2))


### TEMPLATE
# def similarities(A, B, sigma):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.matrix.check(similarities)

# %% [markdown] tags=["solution-only", "why:kernels-matrix"]
# A new axis in each array lets NumPy subtract every row of one from every row of the other. scikit-learn has the same as `rbf_kernel(A, B, gamma=1 / (2 * sigma**2))`.


# %% tags=["wrong:kernels-matrix"]
def similarities(A, B, sigma):
    distance = np.sqrt(((A[:, np.newaxis] - B[np.newaxis]) ** 2).sum(axis=2))
    return np.exp(-distance / (2 * sigma**2))


# %% tags=["wrong:kernels-matrix"]
def similarities(A, B, sigma):
    return A @ B.T


# %% tags=["wrong:kernels-matrix"]
def similarities(A, B, sigma):
    squared = ((B[:, np.newaxis] - A[np.newaxis]) ** 2).sum(axis=2)
    return np.exp(-squared / (2 * sigma**2))


# %% [markdown]
# ## 2. Kernel ridge regression by hand
# Write `kernel_ridge(X, y, X_new, sigma, alpha)`: the predictions for `X_new`. You may use your `similarities`. No scikit-learn, please. *(3 points)*


# %% tags=["answer:kernels-ridge", "apml-04-ex-01"]
### BEGIN SOLUTION
def kernel_ridge(X, y, X_new, sigma, alpha):
    K = similarities(X, X, sigma)
    weights = np.linalg.solve(K + alpha * np.eye(len(X)), y)
    return similarities(X_new, X, sigma) @ weights


### TEMPLATE
# def kernel_ridge(X, y, X_new, sigma, alpha):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.ridge.check(kernel_ridge)

# %% [markdown] tags=["solution-only", "why:kernels-ridge"]
# $f(x) = K(x, X)\,(K(X, X) + \alpha I)^{-1} Y$. Solving the system is faster and more exact than computing the inverse.


# %% tags=["wrong:kernels-ridge"]
def kernel_ridge(X, y, X_new, sigma, alpha):
    K = similarities(X, X, sigma)
    return similarities(X_new, X, sigma) @ np.linalg.solve(K + 1e-10 * np.eye(len(X)), y)


# %% tags=["wrong:kernels-ridge"]
def kernel_ridge(X, y, X_new, sigma, alpha):
    k = similarities(X_new, X, sigma)
    return k @ y / k.sum(axis=1)


# %% [markdown]
# ## 3. A parameter without effect
# Somebody writes `KernelRidge(kernel=my_rbf, gamma=0.1)`, where `my_rbf` is a Python function with a parameter `sigma=1.0`. Which gamma is in force?
#
# - **a** 0.1, as written.
# - **b** 0.5, since `gamma` is not passed to a function, and `sigma` stays 1.
# - **c** 1.0, since sigma and gamma are the same.
# - **d** None: it stops with an error.
#
# *(1 point)*

# %% tags=["answer:kernels-gamma", "apml-04-ex-01"]
### BEGIN SOLUTION
gamma = "b"
### TEMPLATE
# gamma = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.gamma.check(gamma)

# %% [markdown] tags=["solution-only", "why:kernels-gamma"]
# A kernel that is a function gets the two samples, and what stands in `kernel_params`; `gamma` is for the kernels that scikit-learn knows by name. With sigma = 1 it is $1/(2\sigma^2) = 0.5$.

# %% tags=["wrong:kernels-gamma"]
gamma = "a"

# %% tags=["wrong:kernels-gamma"]
gamma = "c"

# %% [markdown]
# ## 4. Wine, by kernel ridge regression
# Fit `wine_model`, a pipeline of a `StandardScaler` and a `KernelRidge`, to the 1,119 wines below. Graded is its mean squared error on the other 480; it must be about as small as that of the source (0.38 with the real wines). *(3 points)*

# %% tags=["setup:kernels-wine"]
wine = datasets.load("wine-quality")
X_wine, X_rest, y_wine, y_rest = train_test_split(
    wine.data.to_numpy(), wine.frame["quality"], test_size=0.3, random_state=123
)

# %% tags=["answer:kernels-wine", "apml-04-ex-01"]
### BEGIN SOLUTION
wine_model = make_pipeline(StandardScaler(), KernelRidge(kernel=RBF(length_scale=5), alpha=0.1)).fit(
    X_wine, y_wine
)
### TEMPLATE
# wine_model = ...
### END SOLUTION

# %% tags=["check"]
ask.wine.check(wine_model)

# %% [markdown] tags=["solution-only", "why:kernels-wine"]
# The scaler matters: without it a feature in the hundreds decides alone how similar two wines are. Length and penalty can be searched by cross-validation on the training wines; 5 and 0.1 are the source's.

# %% tags=["wrong:kernels-wine"]
wine_model = make_pipeline(StandardScaler(), KernelRidge(kernel="rbf", gamma=5, alpha=0.1)).fit(
    X_wine, y_wine
)

# %% tags=["wrong:kernels-wine"]
wine_model = make_pipeline(StandardScaler(), Ridge(alpha=1e5)).fit(X_wine, y_wine)

# %% [markdown]
# ## 5. How sure are you?
# Write `process(X, y, X_new)`: fit a Gaussian process to noisy data and return an array with **two rows**: its predictions for `X_new`, and its standard deviations *for new noisy targets*. It is graded on two things: small errors, and honest bands, which hold about 95 % of the new targets within ± 2 standard
# deviations. The noise is unknown. *(3 points)*


# %% tags=["answer:kernels-process", "apml-04-ex-02"]
### BEGIN SOLUTION
def process(X, y, X_new):
    kernel = ConstantKernel(1.0) * RBF(1.0) + WhiteKernel(0.1)
    gp = GaussianProcessRegressor(kernel=kernel, normalize_y=True, random_state=0).fit(X, y)
    return np.array(gp.predict(X_new, return_std=True))


### TEMPLATE
# def process(X, y, X_new):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.process.check(process)

# %% [markdown] tags=["solution-only", "why:kernels-process"]
# The `WhiteKernel` is the noise, fitted like the other parameters; so it is part of the standard deviation. With a fixed `alpha` one would have to know it, and add it oneself.


# %% tags=["wrong:kernels-process"]
def process(X, y, X_new):
    gp = GaussianProcessRegressor(kernel=RBF(1.0), alpha=1e-10, optimizer=None).fit(X, y)
    return np.array(gp.predict(X_new, return_std=True))


# %% tags=["wrong:kernels-process"]
def process(X, y, X_new):
    return np.array([np.full(len(X_new), y.mean()), np.full(len(X_new), y.std())])


# %% tags=["wrong:kernels-process"]
def process(X, y, X_new):
    kernel = ConstantKernel(1.0) * RBF(1.0) + WhiteKernel(0.1)
    gp = GaussianProcessRegressor(kernel=kernel, normalize_y=True, random_state=0).fit(X, y)
    mean, std = gp.predict(X_new, return_std=True)
    return np.array([mean, 10 * std])


# %% [markdown]
# ## 6. Which kernel?
# Write `machine(X, y)`: it returns a support vector machine (`SVC`, or a pipeline that ends with one), fitted to the data, with a kernel and parameters that suit them. It is called with data of quite different shapes: some can be parted by a line, some cannot, and some features may be a thousand times as large as others. *(2 points)*


# %% tags=["answer:kernels-machine", "hdl-02-ex-04"]
### BEGIN SOLUTION
def machine(X, y):
    search = GridSearchCV(
        make_pipeline(StandardScaler(), SVC()),
        {"svc__kernel": ["linear", "rbf"], "svc__C": [1, 10]},
        cv=3,
    )
    return search.fit(X, y).best_estimator_


### TEMPLATE
# def machine(X, y):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.machine.check(machine)

# %% [markdown] tags=["solution-only", "why:kernels-machine"]
# Let cross-validation choose between kernels, and scale the features first.


# %% tags=["wrong:kernels-machine"]
def machine(X, y):
    return make_pipeline(StandardScaler(), SVC(kernel="linear")).fit(X, y)


# %% tags=["wrong:kernels-machine"]
def machine(X, y):
    return SVC(kernel="rbf").fit(X, y)


# %% tags=["wrong:kernels-machine"]
def machine(X, y):
    return LogisticRegression().fit(X, y)
