"""Therapists' other calendars, read for the times at which they are busy.

A calendar is fetched (``source``), read in a process of its own (``office.read_apart``), and what
it says is kept until it says something else. When that fails, what it said last keeps counting.
"""

from office.busy.add import add_calendar
from office.busy.listing import BusyCalendar, list_calendars
from office.busy.refresh import refresh, refresh_due
from office.busy.remove import remove_calendar
from office.busy.result import Refreshed
from office.fetch import Allowed

__all__ = [
    "Allowed",
    "BusyCalendar",
    "Refreshed",
    "add_calendar",
    "list_calendars",
    "refresh",
    "refresh_due",
    "remove_calendar",
]
