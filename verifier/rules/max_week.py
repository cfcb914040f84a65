"""``max-week``: the therapist's hands-on minutes in an ISO week stay within the limit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from verifier.findings import Breach
from verifier.view import View
from verifier.words import day


def check(view: View) -> Iterator[Breach]:
    """Every therapist and week with more minutes than the limit; history counts too."""
    for (_, year, week), appointments in view.schedule.of_therapist_week.items():
        therapist = appointments[0].therapist
        minutes = sum(each.minutes for each in appointments)
        if minutes > therapist.week_limit and any(each.judged for each in appointments):
            monday = date.fromisocalendar(year, week, 1)
            yield Breach(
                f"{therapist.name} has {minutes} hands-on minutes in the week from {day(monday)}; "
                f"the limit is {therapist.week_limit} a week.",
                tuple(appointments),
            )
