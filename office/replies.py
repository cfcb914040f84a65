"""Take in what came back on invites: record every mail once, and let the answers count.

An answer changes nothing that is published. What it changes is the next draft: a declined time is
free again, and its session looks for another one.
"""

from __future__ import annotations

import hashlib
from collections import Counter as Count
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feeds.replies import Bounce, Counter, Finding, Mail, NotAReply, Reply, read_mail
from models import audit
from models.answering import settle
from models.replies import Answer, ReplyKind, ReplyRow, ReplyState, Source
from office.bounces import record_bounce
from office.judge_answer import judge_answer
from office.mails_in import Incoming
from office.record import reading, writing

NOBODY = "mailbox"
"""Who it was, in the audit trail, where no member of staff imported it."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many mails were read, how many of them were known, and what became of the new answers.

    ``holds``, ``old``, ``set_aside`` and ``passed`` count answers, several in one mail too.
    """

    mails: int = 0
    known: int = 0
    holds: int = 0
    old: int = 0
    set_aside: int = 0
    passed: int = 0


def import_replies(
    db: str,
    mails: Iterable[Incoming],
    *,
    now: datetime,
    who: str = NOBODY,
    source: Source = Source.FILE,
) -> TakenIn:
    """Record each mail in a transaction of its own; one that is known already is left alone.

    Nothing in a mail is an error: what can't be read is set aside with the reason.
    """
    counts: Count[str] = Count()
    for incoming in mails:
        counts["mails"] += 1
        states = _record(db, incoming, now=now, who=who, source=source)
        counts["known"] += not states
        counts.update(states)
    return TakenIn(**counts)


def _record(
    db: str, incoming: Incoming, *, now: datetime, who: str, source: Source
) -> list[ReplyState]:
    """What became of each finding; nothing where the mail is known."""
    digest = hashlib.sha256(incoming.content).hexdigest()
    mail = incoming.refused or read_mail(incoming.content)
    returned = _returned(db, mail, digest, now)
    with writing(db) as session:
        if _is_known(session, digest):
            return []
        rows = [
            _row(mail, finding, now, source, digest, number)
            for number, finding in enumerate(mail.findings)
        ]
        for row, finding in zip(rows, mail.findings, strict=True):
            _take(session, row, finding, mail, who)
            if isinstance(finding, Bounce):
                if finding.message_id in returned:
                    row.state = ReplyState.PASSED  # it is told beside the mail that came back
                else:
                    row.reason = f"a mail came back that we do not know: {finding.reason}"
            if row.state is ReplyState.SET_ASIDE:
                row.content = incoming.content
        return [row.state for row in rows]


def _is_known(session: Session, digest: str) -> bool:
    return session.scalar(select(ReplyRow.id).where(ReplyRow.digest == digest).limit(1)) is not None


def _returned(db: str, mail: Mail, digest: str, now: datetime) -> frozenset[str]:
    """Which mails of ours came back, by Message-ID; their failure is recorded beside them."""
    bounces = [it for it in mail.findings if isinstance(it, Bounce) and it.message_id]
    if not bounces:
        return frozenset()
    with reading(db) as session:
        if _is_known(session, digest):
            return frozenset()
    return frozenset(
        it.message_id for it in bounces if record_bounce(db, it.message_id, it.reason, now)
    )


def _row(
    mail: Mail, finding: Finding, now: datetime, source: Source, digest: str, number: int
) -> ReplyRow:
    """The row of one finding, before anybody has judged it."""
    row = ReplyRow(
        received_at=now,
        source=source,
        digest=digest,
        number=number,
        message_id=mail.message_id,
        sender=mail.author or "",
        kind=ReplyKind.OTHER,
        state=ReplyState.SET_ASIDE,
    )
    if isinstance(finding, Reply | Counter):
        row.uid, row.attendee, row.comment = finding.uid, finding.attendee, finding.comment
        row.sequence, row.stamp = finding.sequence, finding.stamp
    if isinstance(finding, Reply):
        row.kind, row.answer = ReplyKind.ANSWER, Answer(finding.answer.value)
        row.about = finding.about
    elif isinstance(finding, Counter):
        row.kind = ReplyKind.PROPOSAL
        row.proposed_starts_at, row.proposed_ends_at = finding.starts_at, finding.ends_at
    elif isinstance(finding, Bounce):
        row.kind = ReplyKind.BOUNCE
    return row


def _take(session: Session, row: ReplyRow, finding: Finding, mail: Mail, who: str) -> None:
    """Judge a finding and let it count if it does."""
    if isinstance(finding, Reply | Counter):
        row.state, row.reason = judge_answer(session, row, mail, finding.sent_by)
        session.add(row)
        if row.state is ReplyState.HOLDS:
            row.state = ReplyState.OLD  # until the one before has made way
            session.flush()
            settle(session, row)
            said = {"reply": row.id, "kind": row.kind.value}
            said |= {"answer": row.answer.value} if row.answer else {}
            subject = f"appointment {row.appointment_id}"
            audit.record(session, row.received_at, who, "reply", subject, None, said)
        return
    row.reason = finding.reason
    if isinstance(finding, NotAReply) and finding.by_robot:
        row.state = ReplyState.PASSED
    session.add(row)
