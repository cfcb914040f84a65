"""What is new for a client: what stands now against what they were told. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from feeds.invites import Method
from models.told import CAME_BACK, Knowledge, Told


@dataclass(frozen=True, slots=True)
class News:
    """One appointment that somebody is to hear of: what it is now, and what they know of it.

    ``was`` is None for a new one, and for one of which they know what it says, but not its mail.
    """

    appointment_id: str
    now: Told
    was: Told | None

    @property
    def method(self) -> Method:
        """What the invite asks for."""
        return Method.CANCEL if self.now.cancelled else Method.REQUEST

    @property
    def shown(self) -> Told:
        """What the invite tells: of a cancelled appointment the time that its reader knows."""
        if not self.now.cancelled or self.was is None:
            return self.now
        return Told(
            **{
                name: getattr(self.was, name)
                for name in ("starts_at", "ends_at", "therapist_id", "location_id", "service_id")
            },
            sequence=self.now.sequence,
            cancelled=True,
        )


def news_of(
    appointment_id: str,
    known: Knowledge | None,
    stands: Told,
    address: str,
    *,
    moment: datetime,
    service: bool,
) -> News | None:
    """What a client is to hear of an appointment; None if nothing.

    Nothing that has begun by ``moment`` is told. One who can be reached at another ``address`` now
    is told again, and so is one whose mail came back; it is empty where they can't be reached.
    """
    if stands.cancelled:
        if known is None or known.told.starts_at <= moment:
            return None
        told = known.told.cancelled and known.address != CAME_BACK
        return None if told else _news(appointment_id, stands, known)
    if stands.starts_at <= moment:
        return None
    if known is None:
        return News(appointment_id, stands, None)
    if not known.told.same(stands, service=service):
        return _news(appointment_id, stands, known)
    elsewhere = known.address and address and known.address != address
    again = known.address == CAME_BACK or elsewhere
    return News(appointment_id, stands, None) if again else None


def tells(news: Mapping[str, News]) -> dict[str, Told]:
    """What a client knows once all of it has arrived."""
    return {key: it.shown for key, it in news.items()}


def _news(appointment_id: str, stands: Told, known: Knowledge) -> News:
    was = None if known.told.cancelled and not stands.cancelled else known.told
    return News(appointment_id, stands, was)
