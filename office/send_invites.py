"""Send the mails that are due, each at least once and nobody's out of order.

A mail is claimed, handed to the server, and noted as sent, in three steps. A process that is
ended between the last two leaves open whether it arrived: it is sent once more, with the same
bytes, which calendar programs recognise by UID and SEQUENCE and mail programs by Message-ID.
"""

from __future__ import annotations

import os
import smtplib
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from models import mail_queue
from models.outbox import MailState, OutboxRow
from models.store import Store, open_store
from office.invites import Mail, as_mails
from office.mail.server import MailServer, MailServerError, Refusal, hand_over
from office.record import reading


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the mails that were due, and how many wait still.

    ``later`` are those that are tried again after a pause, ``failed`` those that are given up.
    ``leaves_at`` is when the first of those is due, where none was and that can be known.
    ``fault`` says what is wrong with the mail server, if anything is.
    """

    sent: int = 0
    later: int = 0
    failed: int = 0
    waiting: int = 0
    leaves_at: datetime | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail in the hands of whoever sends it."""

    id: int
    address: str
    content: bytes
    until: datetime


def send_due(
    db: str,
    now: datetime,
    *,
    hurry: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Sent:
    """Send what is due; ``hurry`` waits for neither the grace time nor the pauses.

    The server is asked for only where something is due. ``StoreError`` where the record can't be
    used, ``MailServerError`` where no server is named or what is named makes no sense.
    """
    if not _is_due(db, now, hurry=hurry):
        return _nothing_due(db, now)
    server = MailServer.from_environment(os.environ if environment is None else environment)
    store = open_store(db)
    try:
        return _Round(store, server, now, hurry=hurry).run()
    finally:
        store.dispose()


def send_round(db: str, now: datetime) -> None:
    """``send_due`` as the server does it again and again: a server's fault is a fault."""
    sent = send_due(db, now)
    if sent.fault:
        raise MailServerError(sent.fault)


def mails_due(db: str, now: datetime, *, hurry: bool = False) -> tuple[Mail, ...]:
    """The mails that would be sent now, in the order in which they would leave."""
    with reading(db) as session:
        rows = session.scalars(
            select(OutboxRow)
            .where(OutboxRow.state == MailState.WAITING, mail_queue.ripe(now, hurry=hurry))
            .order_by(OutboxRow.id)
        ).all()
        return as_mails(session, rows)


def _is_due(db: str, now: datetime, *, hurry: bool) -> bool:
    with reading(db) as session:
        due = select(OutboxRow.id).where(mail_queue.due(now, hurry=hurry)).limit(1)
        return session.scalar(due) is not None


def _nothing_due(db: str, now: datetime) -> Sent:
    with reading(db) as session:
        leaves_at = mail_queue.leaves_at(session, now)
        return Sent(waiting=mail_queue.waiting(session), leaves_at=leaves_at)


class _Round:
    """One round: a connection, and mail after mail until none is due or the server gives up."""

    def __init__(self, store: Store, server: MailServer, now: datetime, *, hurry: bool) -> None:
        self._store = store
        self._server = server
        self._now = now
        self._began = time.monotonic()
        self._hurry = hurry
        self._last = 0
        self._so_far = Sent()

    def run(self) -> Sent:
        """Send until nothing is left to send."""
        with self._store.writing() as session:
            late = mail_queue.drop_pointless(session, self._moment)
        self._count(failed=late)
        with ExitStack() as stack:
            try:
                self._send_all(stack)
            except MailServerError as fault:
                self._so_far = replace(self._so_far, fault=str(fault))
                self._postpone_all(str(fault))
        with self._store.reading() as session:
            return replace(self._so_far, waiting=mail_queue.waiting(session))

    @property
    def _moment(self) -> datetime:
        """This instant: the round may take its time."""
        return self._now + timedelta(seconds=time.monotonic() - self._began)

    def _send_all(self, stack: ExitStack) -> None:
        connection = stack.enter_context(self._server.connected())
        while mail := self._claim():
            if connection.sock is None:  # the server said goodbye with its last answer
                connection = stack.enter_context(self._server.connected())
            try:
                hand_over(connection, mail.address, mail.content)
            except Refusal as refusal:
                self._note_refusal(mail, refusal)
            except MailServerError as fault:
                self._note_later(mail, str(fault), may_have_arrived=False)
                raise
            except (OSError, smtplib.SMTPException) as error:
                reason = f"the connection broke ({type(error).__name__})"
                self._note_later(mail, reason, may_have_arrived=True)
                connection.close()
            else:
                self._note_sent(mail)

    def _claim(self) -> Claimed | None:
        with self._store.writing() as session:
            row = mail_queue.claim(session, self._moment, hurry=self._hurry, beyond=self._last)
            if row is None or row.locked_until is None:
                return None
            self._last = row.id if self._hurry else 0
            return Claimed(row.id, row.address, row.content, row.locked_until)

    def _note_sent(self, mail: Claimed) -> None:
        with self._store.writing() as session:
            if row := mail_queue.held(session, mail.id, mail.until):
                mail_queue.note_sent(session, row, self._moment)
        self._count(sent=1)

    def _note_refusal(self, mail: Claimed, refusal: Refusal) -> None:
        if not refusal.permanent:
            self._note_later(mail, str(refusal), may_have_arrived=False)
            return
        with self._store.writing() as session:
            if row := mail_queue.held(session, mail.id, mail.until):
                mail_queue.fail(row, str(refusal))
        self._count(failed=1)

    def _note_later(self, mail: Claimed, reason: str, *, may_have_arrived: bool) -> None:
        with self._store.writing() as session:
            row = mail_queue.held(session, mail.id, mail.until)
            if row is None:
                return
            mail_queue.note_failed_attempt(
                row, self._moment, reason, may_have_arrived=may_have_arrived
            )
            given_up = row.state is MailState.FAILED
        self._count(failed=int(given_up), later=int(not given_up))

    def _postpone_all(self, reason: str) -> None:
        """A server that can't be reached is no fault of one mail: all that are due wait."""
        with self._store.writing() as session:
            rows = session.scalars(
                select(OutboxRow).where(mail_queue.due(self._moment, hurry=False))
            ).all()
            for row in rows:
                row.attempts += 1
                mail_queue.note_failed_attempt(
                    row,
                    self._moment,
                    reason,
                    may_have_arrived=row.locked_until is not None,
                )
            given_up = sum(row.state is MailState.FAILED for row in rows)
        self._count(failed=given_up, later=len(rows) - given_up)

    def _count(self, *, sent: int = 0, later: int = 0, failed: int = 0) -> None:
        so_far = self._so_far
        self._so_far = replace(
            so_far,
            sent=so_far.sent + sent,
            later=so_far.later + later,
            failed=so_far.failed + failed,
        )
