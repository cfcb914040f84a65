"""A mail that came back: somebody has to see that it did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from feeds.wording import one_line
from models.audit import record
from models.mail_queue import fail
from models.outbox import MailState, OutboxRow
from office.record import writing

READER = "mailbox"
"""Who it was, in the audit trail: nobody of the staff."""


def record_bounce(db: str, message_id: str, reason: str, now: datetime) -> bool:
    """Mark the mail with this Message-ID as failed; False if none of ours has it.

    It stays told at its address, so that the next publication does not write there in vain again;
    ``careweave invites retry`` does, or an address that was put right.
    """
    bare = f"<{message_id.strip().strip('<>')}>"
    with writing(db) as session:
        row = session.scalars(select(OutboxRow).where(OutboxRow.message_id == bare)).first()
        if row is None or row.state is MailState.SUPERSEDED:
            return False
        if row.sent_at is None:  # it must have left, whatever we know of it
            row.sent_at, row.may_have_arrived = now, True
        fail(row, f"it came back: {one_line(reason)}")
        record(session, now, READER, "bounce", f"mail {row.id}", None, None)
    return True
