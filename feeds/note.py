"""All-day notes: what a feed has to say beside its appointments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import STATUS, TRANSP, Event


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence on a day, which takes nobody's time.

    All of it follows from the day and the words, so that the same note is the same bytes.
    """

    day: date
    summary: str
    description: str

    def event(self) -> Event:
        """The entry; another day is another UID, since programs may miss that a note moved."""
        stamp = datetime.combine(self.day, time(), tzinfo=UTC)
        return Event.new(
            uid=f"note-{self.day}@careweave",
            sequence=0,
            stamp=stamp,
            last_modified=stamp,
            created=stamp,
            start=self.day,
            end=self.day + timedelta(days=1),
            summary=self.summary,
            description=self.description,
            status=STATUS.CONFIRMED,
            transparency=TRANSP.TRANSPARENT,
        )


def nothing_booked(day: date) -> Note:
    """For a feed without appointments.

    A feed is never empty: some programs only take old entries away if there is another one.
    """
    return Note(
        day,
        "No appointments",
        "This calendar works. It has no appointments at present.",
    )


def cut_off(day: date) -> Note:
    """For a feed that would grow too large: from ``day`` on it tells of nothing."""
    return Note(
        day,
        "More appointments follow",
        "This calendar is full: appointments from this day on appear in it as the day comes near.",
    )
