"""Give away the secret addresses of calendar feeds, and take them back one by one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy.orm import Session

from models.audit import record
from models.feed_links import FeedKind, FeedLinkRow, all_links
from models.network import load_network
from models.settings import all_settings
from office.entries import Directory
from office.errors import OfficeError, UnknownIdError
from office.feed_contents import names_of
from office.record import reading, writing

OWN_ADDRESS = "http://127.0.0.1:8321"
"""Where the server listens if nobody says otherwise; only its own computer reaches it there."""

TOKEN_BYTES = 32


class LinkState(StrEnum):
    """Whether an address still opens its feed."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class FeedLink:
    """An address that was given away, without its secret.

    ``expires_at`` is set for one that was replaced and goes on for a while. ``last_used_at`` is
    known to the minute.
    """

    link_id: int
    kind: str
    subject_id: str
    name: str
    state: LinkState
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewLink:
    """A new address: the only time that anybody sees it. ``public`` if others can reach it."""

    link_id: int
    kind: str
    subject_id: str
    name: str
    https: str
    webcal: str
    public: bool


def token_hash(token: str) -> str:
    """All that is kept of a token; whoever reads it can't tell the token."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def link(db: str, kind: str, subject_id: str, *, now: datetime, who: str) -> NewLink:
    """Make an address for one feed; ``UnknownIdError`` where there is no such subject."""
    with writing(db) as session:
        name = _name(session, FeedKind(kind), subject_id)
        return _new_link(session, FeedKind(kind), subject_id, name, now, who)


def list_links(db: str, now: datetime) -> tuple[FeedLink, ...]:
    """Every address that was ever given away, the oldest first."""
    with reading(db) as session:
        names = _names(session)
        return tuple(
            FeedLink(
                link_id=row.id,
                kind=row.kind.value,
                subject_id=row.subject_id,
                name=names[row.kind].get(row.subject_id, ""),
                state=_state(row, now),
                created_at=row.created_at,
                created_by=row.created_by,
                expires_at=row.expires_at,
                last_used_at=row.last_used_at,
            )
            for row in all_links(session)
        )


def rotate(db: str, link_id: int, *, keep: timedelta, now: datetime, who: str) -> NewLink:
    """Replace an address by a new one; the old one goes on for as long as ``keep``.

    ``UnknownIdError`` for a link that there is none of, ``OfficeError`` for one that is over.
    """
    with writing(db) as session:
        old = _valid(session, link_id, now)
        name = _name(session, old.kind, old.subject_id)
        end = now + keep
        old.expires_at = min(end, old.expires_at or end)
        _note(session, now, who, "rotate", old)
        return _new_link(session, old.kind, old.subject_id, name, now, who)


def revoke(db: str, link_id: int, *, now: datetime, who: str) -> None:
    """Cut an address off at once.

    ``UnknownIdError`` for a link that there is none of, ``OfficeError`` for one that is over.
    """
    with writing(db) as session:
        row = _valid(session, link_id, now)
        row.revoked_at = now
        _note(session, now, who, "revoke", row)


def _new_link(
    session: Session, kind: FeedKind, subject_id: str, name: str, now: datetime, who: str
) -> NewLink:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = FeedLinkRow(
        kind=kind,
        subject_id=subject_id,
        token_hash=token_hash(token),
        created_at=now,
        created_by=who,
    )
    session.add(row)
    session.flush()
    _note(session, now, who, "link", row)
    base = all_settings(session)["base_url"]
    address = f"{base or OWN_ADDRESS}/feeds/{token}.ics"
    webcal = f"webcal://{address.partition('://')[2]}"
    return NewLink(row.id, kind.value, subject_id, name, address, webcal, public=bool(base))


def _valid(session: Session, link_id: int, now: datetime) -> FeedLinkRow:
    links = {row.id: row for row in all_links(session)}
    if link_id not in links:
        raise UnknownIdError("link", str(link_id), map(str, links))
    row, state = links[link_id], _state(links[link_id], now)
    if state is not LinkState.VALID:
        raise OfficeError(
            f"link {link_id} is {state} already, so nothing was changed. "
            f"Maybe careweave feeds link {row.kind} {row.subject_id} for a new one?"
        )
    return row


def _state(row: FeedLinkRow, now: datetime) -> LinkState:
    if row.revoked_at is not None:
        return LinkState.REVOKED
    expired = row.expires_at is not None and row.expires_at <= now
    return LinkState.EXPIRED if expired else LinkState.VALID


def _names(session: Session) -> dict[FeedKind, Mapping[str, str]]:
    directory = Directory.of(load_network(session))
    return {kind: names_of(directory, kind) for kind in FeedKind}


def _name(session: Session, kind: FeedKind, subject_id: str) -> str:
    known = _names(session)[kind]
    if subject_id not in known:
        raise UnknownIdError(kind, subject_id, known)
    return known[subject_id]


def _note(session: Session, now: datetime, who: str, action: str, row: FeedLinkRow) -> None:
    """Into the audit trail: whose feed, and never the token nor its hash."""
    subject = f"link {row.id} to the feed of {row.kind} {row.subject_id}"
    record(session, now, who, action, subject, None, None)
