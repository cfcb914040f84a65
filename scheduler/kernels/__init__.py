"""The engine's inner loops, compiled (``scheduler.compiled``): plain functions over arrays.

``paths`` finds a plan's cheapest schedule, ``stock`` keeps what is left of every row, ``points``
counts a plan's points, ``recreate`` puts a plan back as well as can be, ``ruin`` says who should
give way, and ``steps`` is the search's step.
"""
