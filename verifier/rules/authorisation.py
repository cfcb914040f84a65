"""``authorisation``: completed and booked sessions stay within what is authorised.

No more of them than ``authorised_visits``, and none after ``authorised_until``. No-shows
and companions are no visits.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.appointments import Appointment
from verifier.findings import Breach
from verifier.plans import Plan
from verifier.view import View
from verifier.words import day, plan, visit


def check(view: View) -> Iterator[Breach]:
    """Every judged session that is too late, and every plan with too many visits."""
    for held in view.schedule.held.values():
        visits = [each for each in held.values() if each.status in ("booked", "completed")]
        if visits:
            yield from _too_late(visits)
            yield from _too_many(visits[0].plan, visits)


def _too_late(visits: list[Appointment]) -> Iterator[Breach]:
    for each in visits:
        until = each.plan.authorised_until
        if each.judged and until is not None and each.day > until:
            yield Breach(f"{visit(each)}: visits are authorised until {day(until)}.", (each,))


def _too_many(of: Plan, visits: list[Appointment]) -> Iterator[Breach]:
    limit = of.authorised_visits
    judged = tuple(each for each in visits if each.judged)
    if limit is not None and len(visits) > limit and judged:
        completed = sum(not each.booked for each in visits)
        yield Breach(
            f"{plan(of)} has {completed} sessions completed and {len(visits) - completed} "
            f"booked; authorised: {limit}.",
            judged,
        )
