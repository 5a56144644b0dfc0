# %% [markdown]
# # 05_reduction: exercises
# Write each answer under the name that the cell gives, run the cell, then run the check below it.

# %% tags=["setup"]
import numpy as np

# %%
from course.exercises import reduction as ask

# %% [markdown]
# ## 1. A first question
# What is the sum of the numbers from 1 to 100? *(1 point)*

# %% tags=["answer:reduction-first"]
### BEGIN SOLUTION
first = int(np.arange(1, 101).sum())
### TEMPLATE
# first = ...
### END SOLUTION

# %% tags=["check"]
ask.first.check(first)

# %% [markdown] tags=["solution-only", "why:reduction-first"]
# There are 50 pairs, each of which adds up to 101.

# %% tags=["wrong:reduction-first"]
first = int(np.arange(100).sum())

# %% tags=["wrong:reduction-first"]
first = 100
