"""What a clinic has set, and setting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from models import settings
from models.audit import record
from models.network import load_network
from office.errors import UnknownIdError
from office.mail.templates import load_letters
from office.record import reading, writing
from scheduler.facts import AppointmentStatus

MEANINGS = {
    "clinic_name": "what calendars and mails call the clinic",
    "client_names": "how therapists' calendars name clients: full, first, initials, anonymous",
    "location_names": "how locations' and rooms' calendars name clients: none, initials",
    "base_url": "the https address under which phones reach careweave serve",
    "mailbox": "the clinic's own address, which invites come from; empty: none are sent",
    "grace_minutes": "minutes that mails wait after publishing, in case it is undone",
    "name_services": "whether invites and clients' calendars name the service: no, yes",
    "bring": "what to bring, as invites say it, on one line",
    "contact": "how to change an appointment, as invites say it, on one line",
    "templates": "the folder with the clinic's own templates for mails; empty: ours",
    "grid": "minutes between possible starts: 5, 10, 15, 20 or 30",
    "freeze_days": "days from the day of planning on which promises stay as they are",
    "weights.unbooked": "points for each routine session that is not booked",
    "weights.unbooked_urgent": "points for each urgent session that is not booked",
    "weights.promise_lost": "points more where that session had been promised",
    "weights.promise_moved": "points for each promise whose start, therapist or location changes",
    "weights.unpaired": "points for each session without the companion that its plan asks for",
    "weights.extra_therapist": "points for each therapist of a plan beyond the first",
    "weights.not_preferred": "points for each session with another therapist than preferred",
    "weights.away_from_home": "points for each session away from the client's home location",
    "weights.cadence": "points for each day by which two sessions miss their interval",
    "weights.other_time": "points for each session more than an hour off the last one's time",
    "weights.change_of_clinic": "points for each change of clinic of a therapist within a day",
}
"""One line for each setting."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting with what it means; ``value`` is the default until somebody sets another."""

    key: str
    value: str
    default: str
    meaning: str


def list_settings(db: str) -> tuple[Setting, ...]:
    """Every setting there is."""
    with reading(db) as session:
        values = settings.all_settings(session)
    return tuple(
        Setting(key, value, settings.DEFAULTS[key], MEANINGS[key]) for key, value in values.items()
    )


def set_setting(db: str, key: str, value: str, *, now: datetime, who: str) -> Setting:
    """Set one; ``UnknownIdError`` for an unknown key, ``StoreError`` for an impossible value.

    A templates' folder is kept as an absolute path, as the server may run elsewhere, and
    ``OfficeError`` says what is wrong with its templates.
    """
    if key == "templates" and value:
        value = str(Path(value).absolute())
        load_letters(value)
    with writing(db) as session:
        before = settings.all_settings(session)
        if key not in before:
            raise UnknownIdError("setting", key, before)
        settings.save_setting(session, key, value)
        if before[key] != value:
            record(session, now, who, "set", key, {"value": before[key]}, {"value": value})
    return Setting(key, value, settings.DEFAULTS[key], MEANINGS[key])


def promises_off_grid(db: str, today: date) -> int:
    """How many booked appointments from ``today`` on start off the grid that is set."""
    with reading(db) as session:
        network, grid = load_network(session), settings.load_settings(session).grid
    return sum(
        it.status is AppointmentStatus.BOOKED
        and it.starts_at.date() >= today
        and it.starts_at.minute % grid != 0  # every grid divides the hour
        for it in network.appointments
    )
