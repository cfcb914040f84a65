"""The engine's inner loops, compiled (``scheduler.compiled``): functions over arrays.

``paths`` finds a plan's cheapest schedule and ``reading`` reads it back; ``sets`` decides with
which therapists, ``charge`` what columns pay, and ``formulas`` are the points parts' own.
``patterns`` finds the columns that take the same; ``stock`` keeps what is left of every row, and
``breaks``, ``housing`` and ``holders`` what no row can say: meal breaks, rooms on tight days, who
holds what. ``points`` counts a plan's points, ``recreate`` finds the best that it can have and
``booking`` gives it that; ``ruin`` says who should give way, and ``steps`` is the search's step.
"""
