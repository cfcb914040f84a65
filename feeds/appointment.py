"""What a feed needs to know of an appointment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from scheduler.facts import AppointmentStatus


@dataclass(frozen=True, slots=True)
class FeedAppointment:
    """One appointment with its calendar identity and the words that a feed may use.

    ``uid`` stays the same for the appointment's life; ``sequence`` counts its changes from 0,
    ``revised_at`` is the instant of the last one. All four instants are aware. ``timezone`` is
    the location's IANA name, in which clients read ``starts_at`` and ``ends_at``.

    Raises ValueError for an identity or instants that no calendar program could follow.
    """

    uid: str
    sequence: int
    created_at: datetime
    revised_at: datetime
    starts_at: datetime
    ends_at: datetime
    timezone: str
    status: AppointmentStatus
    therapist_name: str
    client_id: str
    client_name: str
    location_name: str
    location_address: str
    location_phone: str
    room_name: str
    service_name: str
    companion: bool

    def __post_init__(self) -> None:
        if not (self.uid.isascii() and self.uid.isprintable() and self.uid.strip()):
            raise ValueError(f"the UID is {self.uid!r}. Maybe an id and a host, like a17@clinic?")
        if self.sequence < 0:
            raise ValueError(f"the sequence of {self.uid} is {self.sequence}. Maybe 0?")
        for name in ("created_at", "revised_at", "starts_at", "ends_at"):
            instant = getattr(self, name)
            if instant.utcoffset() is None:
                raise ValueError(
                    f"{name} of {self.uid} is {instant}, without a zone. Maybe {self.timezone}?"
                )
        if self.revised_at < self.created_at:
            raise ValueError(
                f"{self.uid} was revised at {self.revised_at}, before it was created at "
                f"{self.created_at}. Maybe the two are swapped?"
            )
        if self.ends_at.astimezone(UTC) <= self.starts_at.astimezone(UTC):
            raise ValueError(
                f"{self.uid} ends at {self.ends_at}, not after its start at {self.starts_at}. "
                "Maybe the two are swapped?"
            )

    @property
    def cancelled(self) -> bool:
        """Whether it is off, and only kept so that subscribers see that it is."""
        return self.status is AppointmentStatus.CANCELLED
