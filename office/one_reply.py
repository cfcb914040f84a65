"""One reply as it came, and the word that somebody has dealt with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models import audit
from models.replies import ReplyRow, ReplyState
from office.errors import OfficeError
from office.record import reading, writing

_OPEN = (ReplyState.HOLDS, ReplyState.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class OneReply:
    """Everything that is known of a reply; the mail itself where it was set aside."""

    reply_id: int
    received_at: datetime
    source: str
    sender: str
    message_id: str
    kind: str
    state: str
    reason: str
    appointment_id: str | None
    attendee: str
    answer: str | None
    sequence: int | None
    stamp: datetime | None
    proposed_starts_at: datetime | None
    comment: str
    content: str


def show_reply(db: str, reply_id: int) -> OneReply:
    """A reply by its number; ``OfficeError`` where there is none. Instants are in UTC."""
    with reading(db) as session:
        row = _find(session, reply_id)
        return OneReply(
            reply_id=row.id,
            received_at=row.received_at,
            source=row.source.value,
            sender=row.sender,
            message_id=row.message_id,
            kind=row.kind.value,
            state=row.state.value,
            reason=row.reason,
            appointment_id=row.appointment_id,
            attendee=row.attendee,
            answer=row.answer.value if row.answer else None,
            sequence=row.sequence,
            stamp=row.stamp,
            proposed_starts_at=row.proposed_starts_at,
            comment=row.comment,
            content=_harmless(row.content or b""),
        )


def close_reply(db: str, reply_id: int, *, now: datetime, who: str) -> None:
    """Somebody has dealt with it: it is not listed any more, and a decline does not count.

    ``OfficeError`` where there is none, or nothing to be done about it. A later answer of the
    client counts again.
    """
    with writing(db) as session:
        row = _find(session, reply_id)
        if row.state not in _OPEN:
            raise OfficeError(
                f"reply {reply_id} needs nobody: it is {row.state.value.replace('_', ' ')}. "
                "Maybe another one of careweave replies list?"
            )
        before = row.state.value
        row.state = ReplyState.CLOSED
        audit.record(
            session,
            now,
            who,
            "close reply",
            f"reply {row.id}",
            {"state": before},
            {"state": "closed"},
        )


def _find(session: Session, reply_id: int) -> ReplyRow:
    row = session.get(ReplyRow, reply_id)
    if row is None:
        raise OfficeError(
            f"there is no reply {reply_id}. Maybe one of careweave replies list --set-aside?"
        )
    return row


def _harmless(content: bytes) -> str:
    """A stranger's mail as text that can't command the screen it is shown on."""
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    return "".join(
        it if it.isprintable() or it in "\n\t" else "\N{REPLACEMENT CHARACTER}" for it in text
    )
