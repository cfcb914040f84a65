"""Which answer to an appointment holds: the rules of RFC 5546, 2.1.5.

The highest SEQUENCE wins, and of equals the latest DTSTAMP. When a mail arrives does not matter,
nor how often.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.replies import Answer, ReplyRow, ReplyState

OVERTAKEN = "a later answer has come"

_DECIDED = (ReplyState.HOLDS, ReplyState.CLOSED)
_GRAVITY = {None: 0, Answer.ACCEPTED: 1, Answer.TENTATIVE: 2, Answer.DECLINED: 3}


def rank(row: ReplyRow) -> tuple[int, float, int, str]:
    """What orders answers. Of two in one second the graver one holds, so that somebody asks."""
    assert row.sequence is not None  # noqa: S101 - for mypy: every answer has both
    assert row.stamp is not None  # noqa: S101
    return row.sequence, row.stamp.timestamp(), _GRAVITY[row.answer], row.digest


def decided(session: Session, row: ReplyRow) -> ReplyRow | None:
    """The last of the same kind of answer to the same appointment, also where staff closed it.

    What was set aside has a reason. It never held, so that closing it decides nothing.
    """
    others = session.scalars(
        select(ReplyRow).where(
            ReplyRow.appointment_id == row.appointment_id,
            ReplyRow.kind == row.kind,
            ReplyRow.state.in_(_DECIDED),
            ReplyRow.reason == "",
        )
    )
    return max(others, key=rank, default=None)


def settle(session: Session, row: ReplyRow) -> None:
    """Let ``row`` hold in place of what held before."""
    before = decided(session, row)
    if before is not None and before.state is ReplyState.HOLDS:
        before.state, before.reason = ReplyState.OLD, OVERTAKEN
        session.flush()  # only one may hold, also for a moment
    row.state, row.reason = ReplyState.HOLDS, ""
