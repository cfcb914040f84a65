"""The secret addresses of calendar feeds, and when each feed last changed.

Of an address only a hash is kept, so that nobody who reads the record can read a feed with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index, bindparam, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.types import by_value


class FeedKind(StrEnum):
    """Whose appointments a feed tells."""

    THERAPIST = "therapist"
    LOCATION = "location"
    ROOM = "room"
    CLIENT = "client"


class FeedLinkRow(Base):
    """One address, valid from ``created_at`` until it expires or is revoked.

    ``token_hash`` is the SHA-256 of the secret part of the address, in hex. A subject may have
    several links, one for each phone, so that one can be revoked and the others go on.
    """

    __tablename__ = "feed_links"
    __table_args__ = (Index("ix_feed_links_subject", "kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FeedKind] = mapped_column(by_value(FeedKind))
    subject_id: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class FeedStateRow(Base):
    """The last content that a feed was seen with, by its ETag, and since when it has it."""

    __tablename__ = "feed_states"

    kind: Mapped[FeedKind] = mapped_column(by_value(FeedKind), primary_key=True)
    subject_id: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str]
    changed_at: Mapped[datetime]


def all_links(session: Session) -> tuple[FeedLinkRow, ...]:
    """Every link there ever was, the oldest first."""
    return tuple(session.scalars(select(FeedLinkRow).order_by(FeedLinkRow.id)))


@dataclass(frozen=True, slots=True)
class ValidLink:
    """Whose feed an address opens."""

    link_id: int
    kind: FeedKind
    subject_id: str


_VALID = select(FeedLinkRow.id, FeedLinkRow.kind, FeedLinkRow.subject_id).where(
    FeedLinkRow.token_hash == bindparam("token_hash"),
    FeedLinkRow.revoked_at.is_(None),
    or_(FeedLinkRow.expires_at.is_(None), FeedLinkRow.expires_at > bindparam("now")),
)
"""Put together once, since it is asked with each fetch."""


def valid_link(session: Session, token_hash: str, now: datetime) -> ValidLink | None:
    """The link with this hash; None where there is none or it is no longer valid.

    One question for all wrong addresses, so that an expired one can't be told from a guess.
    """
    row = session.execute(_VALID, {"token_hash": token_hash, "now": now}).one_or_none()
    return row and ValidLink(*row)


def save_uses(session: Session, uses: Mapping[int, datetime]) -> None:
    """When links were last used, by id."""
    rows = [{"id": key, "last_used_at": instant} for key, instant in uses.items()]
    session.execute(update(FeedLinkRow), rows)


def changed_at(session: Session, kind: FeedKind, subject_id: str, etag: str) -> datetime | None:
    """Since when the feed has this content; None where it was last seen with another one."""
    state = session.get(FeedStateRow, (kind, subject_id))
    return state.changed_at if state and state.etag == etag else None


def save_change(
    session: Session, kind: FeedKind, subject_id: str, etag: str, now: datetime
) -> datetime:
    """Since when the feed has this content: since ``now``, if it was another one so far.

    Whole seconds, as HTTP counts. The instant only ever rises, also within one second and where
    somebody sets the clock back.
    """
    second = now.replace(microsecond=0)
    state = session.get(FeedStateRow, (kind, subject_id))
    if state is None:
        session.add(FeedStateRow(kind=kind, subject_id=subject_id, etag=etag, changed_at=second))
        return second
    if state.etag != etag:
        state.etag = etag
        state.changed_at = max(second, state.changed_at + timedelta(seconds=1))
    return state.changed_at
