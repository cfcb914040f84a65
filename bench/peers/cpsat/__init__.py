"""One CP-SAT model of the whole problem, written as the OR-Tools manual would.

Optional intervals: each session has a start, and a presence for each therapist and location that
could have it, whose start lies in the domain of that choice. No-overlap for therapists and
clients, cumulative for rooms of a kind, and for the minutes of a day and a week. Two workers; no
probing and no search for symmetries, which together take most of a minute here before the search
begins; everything else as CP-SAT sets it. Hinted with what was promised, as ours begins there; the
hint is completed first, as the manual advises. Pinned appointments are fixed.
"""
