"""HiGHS, on the engine's own matrix.

The columns and rows in which the engine's rules meet, written out, and beside them what the engine
keeps in its plan graphs: columns for pairs of days, for therapists of a plan and for the time of
day, with the usual rows. Two threads, everything else as HiGHS sets it. Starts from what was
promised, as ours does. It is solved by ``highspy`` in a process and an environment of its own,
which can't be loaded beside OR-Tools in this version; handing it over is part of its time.
"""
