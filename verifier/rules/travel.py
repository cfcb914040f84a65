"""``travel``: between two locations on one day the therapist has the minutes to travel.

They are counted from the end of the changeover. Where no travel minutes are known,
nobody works at both locations on one day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.appointments import Appointment
from verifier.findings import Breach
from verifier.view import View
from verifier.words import day, who


def check(view: View) -> Iterator[Breach]:
    """Pairs of appointments of one therapist and day that lie too close for their distance."""
    for appointments in view.schedule.of_therapist_day.values():
        for earlier, later in _journeys(appointments):
            minutes = view.travel_minutes(earlier.location, later.location)
            gap = later.start - earlier.free
            if minutes is None:
                yield Breach(f"{_both(earlier, later)}: no travel time is known.", (earlier, later))
            elif gap < minutes:
                yield Breach(
                    f"{_both(earlier, later)}: travel takes {minutes} minutes and "
                    f"{max(gap, 0)} are left after the changeover.",
                    (earlier, later),
                )


def _journeys(appointments: Sequence[Appointment]) -> Iterator[tuple[Appointment, Appointment]]:
    """Each appointment with the one at each other location that is over last before it.

    If that one leaves enough time, all earlier ones at that location do. A pair in which
    nothing is judged can't be wrong, so facts look for the last judged one.
    """
    last: dict[str, Appointment] = {}
    last_judged: dict[str, Appointment] = {}
    for later in appointments:
        place = later.location.location_id
        for other, earlier in (last if later.judged else last_judged).items():
            if other != place:
                yield earlier, later
        for table in (last, last_judged) if later.judged else (last,):
            if place not in table or table[place].free_at < later.free_at:
                table[place] = later


def _both(earlier: Appointment, later: Appointment) -> str:
    return (
        f"{earlier.therapist.name} has {who(earlier)} at {earlier.location.name} and "
        f"{who(later)} at {later.location.name} on {day(later.day)}"
    )
