"""From sources to notebooks, and what the notebooks show of the published texts.

How to write a source (``notebooks/sources/03_trees/*.py``, jupytext percent format):

- A cell begins with ``# %%`` or ``# %% [markdown]``, and may have tags: ``# %% tags=["hml-06-fig-03"]``.
- The id of a thing of the texts is the tag of the cell that shows it: a ``fig`` on a code cell with a
  picture, a ``num`` on a code cell with output, a ``table``, ``code`` or ``data`` on a code cell, the others
  on any cell. ``published("hml-06-num-02", ...)`` stands in a cell with that tag.
- ``exercises.py`` makes ``exercises.ipynb`` and ``solutions.ipynb``. Its tags ``answer:ID``, ``wrong:ID``,
  ``solution-only`` and ``exercise-only`` say what goes where; see :mod:`course.authoring.source`.
- ``nbval-ignore-output`` keeps the output of a cell from being compared, for what differs between machines;
  ``raises-exception`` is for a cell that is meant to fail.
- A kernel starts in the folder of its notebook, with one thread for sums, and with no progress of anybody.

A build fails, with the line of the source, where a cell raises, a published number does not match, a magic
is unknown, the kernel dies, or a cell takes longer than five minutes. A warning on stderr, the address of an
object in an output and a notebook above 1 MB are named, and the notebook is written.

A test fails where a notebook is not what its source says, gives other text or another figure than the one
that is stored (on the same data), lacks an id or a number of the registry, or has an id that is not in it,
and where ``REPRODUCTION.md`` is not what ``course report`` writes.

=============  =============================================================================
``source``     the cells of a source
``notebooks``  the notebooks of a source before they are run; whether a notebook is current
``execute``    one notebook run in its own kernel
``outputs``    what the built notebooks show
``build``, ``new``, ``coverage``, ``report``
               the commands
=============  =============================================================================
"""
