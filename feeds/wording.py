"""The words of an entry: who may read what.

A feed's address is its only lock, and CLASS:PRIVATE is no more than a request, so privacy
is made of what is not written.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from feeds.appointment import FeedAppointment


class ClientNames(StrEnum):
    """How a therapist's feed names clients; ``anonymous`` gives the clinic's own key."""

    FULL = "full"
    FIRST = "first"
    INITIALS = "initials"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of one entry; an empty description is left out."""

    summary: str
    location: str
    description: str = ""


def one_line(text: str) -> str:
    """Return the text on one line, without characters that RFC 5545 or UTF-8 can't carry."""
    return " ".join("".join(" " if _unfit(char) else char for char in text).split())


def _unfit(char: str) -> bool:
    byte_order_mark = "\ufeff"  # programs drop it at will
    return char == byte_order_mark or unicodedata.category(char) in {"Cc", "Cs"}


def for_therapist(appointment: FeedAppointment, client_names: ClientNames) -> Wording:
    """Say who comes, by the clinic's level of privacy, for what and in which room."""
    return Wording(
        summary=f"{client_name(appointment, client_names)}: {_service(appointment)}",
        location=_room(appointment),
    )


def for_location(appointment: FeedAppointment, *, initials: bool = False) -> Wording:
    """Say what is done by whom in which room; of the client the initials at most."""
    done = f"{_service(appointment)}, with {one_line(appointment.therapist_name)}"
    who = client_name(appointment, ClientNames.INITIALS) if initials else ""
    return Wording(summary=f"{who}: {done}" if who else done, location=_room(appointment))


def for_client(appointment: FeedAppointment, *, name_service: bool = False) -> Wording:
    """Say where to be and whom to call.

    The service could tell what the client suffers from, so it is only named where it may be.
    """
    therapist = _first(one_line(appointment.therapist_name).partition(",")[0])
    phone = one_line(appointment.location_phone)
    sentences = (therapist and f"With {therapist}.", phone and f"Phone {phone}.")
    what = one_line(appointment.service_name) if name_service else ""
    return Wording(
        summary=f"{what or 'Appointment'} at {one_line(appointment.location_name)}",
        location=_listed(
            one_line(appointment.location_name), one_line(appointment.location_address)
        ),
        description=" ".join(filter(None, sentences)),
    )


def client_name(appointment: FeedAppointment, level: ClientNames) -> str:
    """Return the client's name as far as the level allows."""
    name = _given_first(one_line(appointment.client_name))
    match level:
        case ClientNames.FULL:
            return name
        case ClientNames.FIRST:
            return _first(name)
        case ClientNames.INITIALS:
            words = unicodedata.normalize("NFC", name).split()
            return "".join(f"{word[0]}." for word in words if word[0].isalnum())
        case ClientNames.ANONYMOUS:
            return f"Client {one_line(appointment.client_id)}"


def _given_first(name: str) -> str:
    """Turn "Young, Dina" into "Dina Young", lest the first word be the surname."""
    family, _, given = name.partition(",")
    return f"{given} {family}".strip()


def _first(name: str) -> str:
    return name.strip().partition(" ")[0]


def _service(appointment: FeedAppointment) -> str:
    name = one_line(appointment.service_name)
    return f"{name} (companion)" if appointment.companion else name


def _room(appointment: FeedAppointment) -> str:
    return _listed(
        one_line(appointment.location_name),
        one_line(appointment.room_name),
        one_line(appointment.location_address),
    )


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))
