"""A published schedule as iCalendar files that calendar programs subscribe to.

Pure functions: the same appointments give the same bytes, whatever the order, day or machine.
What each property is for, and which program misreads what, is said beside it.
"""

from feeds.appointment import FeedAppointment
from feeds.calendars import client_calendar, location_calendar, therapist_calendar
from feeds.file_names import file_name
from feeds.note import Note, cut_off, nothing_booked
from feeds.wording import ClientNames

__all__ = [
    "ClientNames",
    "FeedAppointment",
    "Note",
    "client_calendar",
    "cut_off",
    "file_name",
    "location_calendar",
    "nothing_booked",
    "therapist_calendar",
]
