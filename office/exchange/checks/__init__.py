"""What rows must keep among each other, beyond what each cell must keep on its own.

A check goes through the rows of folder and database together and yields a fault for each
row of the folder that does not go with the others. What the database alone holds is past
mending here and is never blamed.
"""

from collections.abc import Callable, Iterator

from office.exchange.book import Book
from office.exchange.checks.intervals import overlapping_openings, overlapping_shifts, wrong_ends
from office.exchange.checks.plans import (
    half_clearances,
    missing_phases,
    missing_sessions,
    phase_gaps,
    single_weeks,
)
from office.exchange.checks.references import trips_to_nowhere, unknown_ids
from office.exchange.checks.zones import skipped_times, torn_clients, torn_therapists
from office.exchange.faults import Fault

Check = Callable[[Book], Iterator[Fault]]

CHECKS: tuple[Check, ...] = (
    unknown_ids,
    trips_to_nowhere,
    wrong_ends,
    overlapping_openings,
    overlapping_shifts,
    missing_phases,
    phase_gaps,
    single_weeks,
    half_clearances,
    missing_sessions,
    torn_therapists,
    torn_clients,
    skipped_times,
)
"""Every check, in the order of the faults of one line."""
