"""Mails to therapists, only of changes that touch the next 24 hours; their feeds tell the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from feeds.letters import Change
from feeds.messages import plain_message
from feeds.visits import Visit, visit
from feeds.wording import client_name
from models.outbox import MailKind, MailState, OutboxRow, RecipientKind
from models.told import Told
from office.mail.clients import Unreachable, unsent_mails
from office.mail.post import Post
from scheduler.facts import AppointmentStatus

SOON = timedelta(hours=24)
"""What begins later is read early enough in the feed."""

Baseline = dict[str, Told | None]
"""What a therapist knows of appointments, by id; None where they know of none."""


def write_to_therapists(
    post: Post, before: Mapping[str, Mapping[str, Any]]
) -> tuple[Unreachable, ...]:
    """Put in line what changed since ``before``, the appointments' columns by id.

    A notice that was not sent yet is thrown away, and what it told is told anew, if it still holds.
    """
    unsent = unsent_mails(post.session, RecipientKind.THERAPIST)
    unreachable = []
    for therapist_id, changed in sorted(_changed(post, before).items()):
        mails = unsent[therapist_id]
        baseline = {**changed, **_known(mails)}
        lines = {
            key: (was, now)
            for key, was in baseline.items()
            if _differ(was, now := _of(post.rows[key], therapist_id)) and _soon(post, was, now)
        }
        for mail in mails:
            mail.state = MailState.SUPERSEDED
        if lines:
            unreachable += _write(post, therapist_id, lines)
    return tuple(unreachable)


def _changed(post: Post, before: Mapping[str, Mapping[str, Any]]) -> dict[str, Baseline]:
    """By therapist, what each appointment was that is another one now."""
    changed: defaultdict[str, Baseline] = defaultdict(dict)
    for key, row in post.rows.items():
        old = before.get(key)
        for therapist_id in {row["therapist_id"], (old or row)["therapist_id"]}:
            was = _of(old, therapist_id) if old else None
            now = _of(row, therapist_id)
            if _differ(was, now) and _soon(post, was, now):
                changed[therapist_id][key] = was
    return changed


def _known(mails: list[OutboxRow]) -> Baseline:
    """What the therapist knows, since none of these mails has left; the first of them counts."""
    return {
        key: Told.from_json(was) if was else None
        for mail in reversed(mails)
        for key, was in mail.tells.items()
    }


def _of(row: Mapping[str, Any], therapist_id: str) -> Told | None:
    """An appointment as far as it is this therapist's to do."""
    booked = row["status"] is AppointmentStatus.BOOKED
    return Told.of(row) if booked and row["therapist_id"] == therapist_id else None


def _differ(one: Told | None, other: Told | None) -> bool:
    if one is None or other is None:
        return one is not other
    return not one.same(other, service=False)


def _soon(post: Post, *times: Told | None) -> bool:
    return any(it and post.now < it.starts_at < post.now + SOON for it in times)


def _write(
    post: Post, therapist_id: str, lines: Mapping[str, tuple[Told | None, Told | None]]
) -> list[Unreachable]:
    recipient = post.therapist(therapist_id)
    common: dict[str, Any] = {
        "kind": MailKind.NOTICE,
        "tells": {key: was.json() if was else None for key, (was, _) in lines.items()},
        "pointless_from": max(it.starts_at for pair in lines.values() for it in pair if it),
    }
    if recipient.fault:
        post.put_in_line(recipient, message_id=post.key(recipient), content=b"", **common)
        return [Unreachable("therapist", therapist_id, recipient.name, recipient.fault)]
    changes = tuple(
        Change(_visit(post, key, now), _visit(post, key, was)) for key, (was, now) in lines.items()
    )
    envelope = post.envelope(recipient)
    letter = post.clinic.letters.notice(post.clinic.house, recipient.name, changes)
    content = plain_message(letter, envelope)
    post.put_in_line(recipient, message_id=envelope.message_id, content=content, **common)
    return []


def _visit(post: Post, appointment_id: str, told: Told | None) -> Visit | None:
    if told is None:
        return None
    appointment = post.as_told(appointment_id, told)
    client = client_name(appointment, post.clinic.client_names)
    return visit(appointment, name_service=False, client=client)
