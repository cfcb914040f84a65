"""``max-day``: the therapist's hands-on minutes in a day stay within the limit."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.view import View
from verifier.words import day


def check(view: View) -> Iterator[Breach]:
    """Every therapist and day with more minutes than the limit; history counts too."""
    for (_, on), appointments in view.schedule.of_therapist_day.items():
        therapist = appointments[0].therapist
        minutes = sum(each.minutes for each in appointments)
        if minutes > therapist.day_limit and any(each.judged for each in appointments):
            yield Breach(
                f"{therapist.name} has {minutes} hands-on minutes on {day(on)}; "
                f"the limit is {therapist.day_limit} a day.",
                tuple(appointments),
            )
