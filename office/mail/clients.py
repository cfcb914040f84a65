"""Mails to clients: an invite for each appointment of which there is news, and a summary of many.

What was not sent yet is thrown away and made anew whenever the news is different: so a change
that is undone in time sends nothing, and nobody gets two mails where the second takes back the
first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feeds.invites import Method, invite
from feeds.letters import Change
from feeds.messages import invite_message, plain_message
from feeds.visits import Visit, entry_wording, visit
from models.outbox import MailKind, MailState, OutboxRow, RecipientKind, may_have_left
from models.told import Knowledge, Told, load_told, remember_doubt, standing
from office.mail.news import News, news_of, tells
from office.mail.post import Post, Recipient
from scheduler.facts import AppointmentStatus


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Somebody who should have got a mail and can't get one, and why."""

    kind: str
    id: str
    name: str
    reason: str


def write_to_clients(post: Post, only: Collection[str] | None = None) -> tuple[Unreachable, ...]:
    """Put in line what clients, or some of them, have yet to hear; those who can't are returned."""
    known = load_told(post.session)
    unsent = unsent_mails(post.session, RecipientKind.CLIENT)
    stands = _standing(post)
    clients = sorted({*stands, *unsent}) if only is None else sorted(only)
    unreachable = []
    for client_id in clients:
        recipient = post.client(client_id)
        news = _news(post, stands.get(client_id, {}), known, recipient)
        if news and recipient.fault:
            fault = recipient.fault
            unreachable.append(Unreachable("client", client_id, recipient.name, fault))
        if not _is_in_line(unsent[client_id], news, recipient):
            _supersede(unsent[client_id])
            _write(post, recipient, news)
    return tuple(unreachable)


def unsent_mails(session: Session, kind: RecipientKind) -> defaultdict[str, list[OutboxRow]]:
    """Mails of which it is certain that they never left, by recipient."""
    rows = session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.recipient_kind == kind,
            OutboxRow.state.in_([MailState.WAITING, MailState.FAILED]),
            ~may_have_left(),
            OutboxRow.sent_at.is_(None),
        )
        .order_by(OutboxRow.id)
    )
    found: defaultdict[str, list[OutboxRow]] = defaultdict(list)
    for row in rows:
        found[row.recipient_id].append(row)
    return found


def _standing(post: Post) -> dict[str, dict[str, Told]]:
    """What stands, by client and appointment."""
    stands: defaultdict[str, dict[str, Told]] = defaultdict(dict)
    for key, row in post.rows.items():
        if standing(row["status"]):
            stands[row["client_id"]][key] = Told.of(row)
    return stands


def _news(
    post: Post, stands: Mapping[str, Told], known: Mapping[str, Knowledge], recipient: Recipient
) -> dict[str, News]:
    """What one client is to hear, in order of time."""
    service = post.clinic.house.name_services
    address = "" if recipient.fault else recipient.address
    found = (
        news_of(key, known.get(key), told, address, moment=post.now, service=service)
        for key, told in stands.items()
    )
    news = sorted(filter(None, found), key=lambda it: (it.shown.starts_at, it.appointment_id))
    return {it.appointment_id: it for it in news}


def _is_in_line(mails: Sequence[OutboxRow], news: Mapping[str, News], recipient: Recipient) -> bool:
    """Whether the unsent mails tell just this, to this address: then they may stay as they are."""
    told = {key: value for mail in mails for key, value in mail.tells.items()}
    wanted = {key: told.json() for key, told in tells(news).items()}
    return told == wanted and all(mail.address == recipient.address for mail in mails)


def _supersede(mails: Iterable[OutboxRow]) -> None:
    for mail in mails:
        mail.state = MailState.SUPERSEDED


def _write(post: Post, recipient: Recipient, news: Mapping[str, News]) -> None:
    if not news:
        return
    if recipient.fault:
        _write_nothing(post, recipient, news)
        return
    came_back = _come_back(post.session, recipient)
    _supersede(came_back)
    for mail in came_back:
        remember_doubt(post.session, post.now, mail)
    for it in news.values():
        _write_invite(post, recipient, it)
    if len(news) > 1:  # last, so that it tells of nothing that is taken back unsent
        _write_summary(post, recipient, news)


def _come_back(session: Session, recipient: Recipient) -> Sequence[OutboxRow]:
    """Mails that came back from an address that is not the recipient's any more."""
    return session.scalars(
        select(OutboxRow).where(
            OutboxRow.recipient_kind == recipient.kind,
            OutboxRow.recipient_id == recipient.id,
            OutboxRow.state == MailState.FAILED,
            OutboxRow.address != recipient.address,
        )
    ).all()


def _write_nothing(post: Post, recipient: Recipient, news: Mapping[str, News]) -> None:
    """A line for the manager: who should hear what, and can't."""
    post.put_in_line(
        recipient,
        kind=MailKind.SUMMARY,
        message_id=post.key(recipient),
        content=b"",
        tells={key: told.json() for key, told in tells(news).items()},
        pointless_from=_last_start(news.values()),
    )


def _write_invite(post: Post, recipient: Recipient, news: News) -> None:
    house, shown = post.clinic.house, post.as_told(news.appointment_id, news.shown)
    envelope = post.envelope(recipient)
    calendar = invite(
        shown,
        news.method,
        envelope.sender,
        envelope.recipient,
        post.now,
        entry_wording(shown, house),
    )
    letter = post.clinic.letters.invite(house, recipient.name, _change(post, news))
    post.put_in_line(
        recipient,
        kind=MailKind.INVITE,
        appointment_id=news.appointment_id,
        uid=shown.uid,
        sequence=shown.sequence,
        method=news.method.value,
        message_id=envelope.message_id,
        content=invite_message(letter, calendar, news.method, envelope),
        tells={news.appointment_id: news.shown.json()},
        pointless_from=_last_start([news]),
    )


def _write_summary(post: Post, recipient: Recipient, news: Mapping[str, News]) -> None:
    envelope = post.envelope(recipient)
    changes = tuple(_change(post, it) for it in news.values())
    letter = post.clinic.letters.summary(post.clinic.house, recipient.name, changes)
    post.put_in_line(
        recipient,
        kind=MailKind.SUMMARY,
        message_id=envelope.message_id,
        content=plain_message(letter, envelope),
        tells={},
        pointless_from=_last_start(news.values()),
    )


def _change(post: Post, news: News) -> Change:
    """The news in the client's words."""
    if news.method is Method.CANCEL:
        return Change(None, _visit(post, news.appointment_id, news.shown))
    was = _visit(post, news.appointment_id, news.was) if news.was else None
    now = _visit(post, news.appointment_id, news.now)
    return Change(now, was, first_visit=_is_first_visit(post, news.appointment_id))


def _visit(post: Post, appointment_id: str, told: Told) -> Visit:
    name_service = post.clinic.house.name_services
    return visit(post.as_told(appointment_id, told), name_service=name_service)


def _is_first_visit(post: Post, appointment_id: str) -> bool:
    """Whether the client has no earlier appointment, kept or to come."""
    row = post.rows[appointment_id]
    came = {AppointmentStatus.BOOKED, AppointmentStatus.COMPLETED}
    return row["session_number"] == 1 and not any(
        other["client_id"] == row["client_id"]
        and other["status"] in came
        and other["starts_at"] < row["starts_at"]
        for other in post.rows.values()
    )


def _last_start(news: Iterable[News]) -> datetime:
    """When the last of it has begun, and there is no point in telling any more."""
    return max(told.starts_at for it in news for told in (it.shown, it.was) if told is not None)
