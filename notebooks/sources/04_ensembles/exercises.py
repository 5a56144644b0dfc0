# %% [markdown]
# # 04_ensembles: exercises
# Write each answer under the name that the cell gives, run the cell, then run the check below it.

# %% tags=["setup"]
import numpy as np

# %%
from course.exercises import ensembles as ask

# %% [markdown]
# ## 1. A first question
# What is the sum of the numbers from 1 to 100? *(1 point)*

# %% tags=["answer:ensembles-first"]
### BEGIN SOLUTION
first = int(np.arange(1, 101).sum())
### TEMPLATE
# first = ...
### END SOLUTION

# %% tags=["check"]
ask.first.check(first)

# %% [markdown] tags=["solution-only", "why:ensembles-first"]
# There are 50 pairs, each of which adds up to 101.

# %% tags=["wrong:ensembles-first"]
first = int(np.arange(100).sum())

# %% tags=["wrong:ensembles-first"]
first = 100
