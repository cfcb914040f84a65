"""Dates, times and appointments in the words of a manager, the same on every machine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from verifier.appointments import Appointment
from verifier.facts import Weekly
from verifier.plans import Plan

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date) -> str:
    """As in ``Tue 2 Mar 2027``, whatever the locale."""
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """As in ``Tue 2 Mar 2027, 09:00``."""
    return f"{day(value)}, {value:%H:%M}"


def clock(minutes: int) -> str:
    """Minutes from midnight as in ``09:05``."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def hours(intervals: Iterable[Weekly], of: date) -> str:
    """The hours of one day as in ``08:00-12:00 and 13:00-17:00``, or ``at no hour``."""
    of_day = [each for each in intervals if each.weekday == of.weekday()]
    spans = [f"{clock(each.start)}-{clock(each.end)}" for each in sorted(of_day, key=_start)]
    return " and ".join(spans) or "at no hour"


def span(appointment: Appointment) -> str:
    """Hands-on time as in ``09:00-10:15``."""
    return f"{appointment.starts_at:%H:%M}-{appointment.ends_at:%H:%M}"


def who(appointment: Appointment) -> str:
    """Client and time as in ``Dina Young 09:00-10:15``."""
    return f"{appointment.client.name} {span(appointment)}"


def visit(appointment: Appointment) -> str:
    """The whole appointment, to begin a sentence with."""
    return (
        f"{appointment.client.name} with {appointment.therapist.name} on {day(appointment.day)}, "
        f"{span(appointment)}, at {appointment.location.name}"
    )


def session(appointment: Appointment) -> str:
    """As in ``session 3 of Dina Young's plan p0001``."""
    return f"session {appointment.number} of {plan(appointment.plan)}"


def plan(of: Plan) -> str:
    """As in ``Dina Young's plan p0001``."""
    return f"{of.client.name}'s plan {of.plan_id}"


def _start(weekly: Weekly) -> int:
    return weekly.start
