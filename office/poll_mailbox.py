"""Read the clinic's mailbox: what clients answered since the last time."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime

from models.replies import Source
from office.mailbox import ADDRESS, Mailbox
from office.replies import TakenIn, import_replies


def poll_mailbox(db: str, now: datetime, *, environment: Mapping[str, str] = os.environ) -> TakenIn:
    """Take in the mails that are not marked as read, and mark each once it is on record.

    Stopped in between it is harmless: a mail that comes again is known by its bytes.
    ``OfficeError`` where the mailbox is not set, or can't be read.
    """
    mails = Mailbox.from_environment(environment).unread()
    return import_replies(db, mails, now=now, source=Source.MAILBOX)


def poll_round(db: str, now: datetime) -> None:
    """As the server does it again and again; a clinic without a mailbox has nothing to read."""
    if os.environ.get(ADDRESS):
        poll_mailbox(db, now)
