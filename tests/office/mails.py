"""A clinic that sends mails, and what waits in its line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from office.invites import list_mails
from office.publish import Publication, publish
from office.send_invites import send_due
from office.settings import set_setting
from scheduler.outcome import SessionKey, Visit
from tests.office.clinic import GOOD, LATER, NOW, draft, visit
from tests.office.post_office import PostOffice, parsed

MAILBOX = "appointments@willow.example"
DINA = "dina@mail.example"
RUTH = "ruth@mail.example"
GRACE = timedelta(minutes=3)
RUTHS = {"clients": ("ruth,Ruth Okoye,,,", f"ruth,Ruth Okoye,{RUTH},,")}
P07_MOVED = (visit("p07", 1, "2027-03-03T10:00"), *GOOD[1:])


def open_post(db: str, **settings: str) -> str:
    for key, value in {"mailbox": MAILBOX, "clinic_name": "Willow", **settings}.items():
        set_setting(db, key, value, now=NOW, who="mia")
    return db


def published(
    db: str,
    visits: Sequence[Visit] = GOOD,
    now: datetime = LATER,
    unbooked: Sequence[SessionKey] = (("p08", 2),),
) -> Publication:
    draft(db, visits, unbooked)
    publication = publish(db, now=now, who="mia")
    assert isinstance(publication, Publication)
    return publication


def waiting(db: str, now: datetime = LATER) -> list[tuple[str, str, str]]:
    return [
        (it.recipient_id, it.kind, it.method) for it in list_mails(db, now) if it.state == "waiting"
    ]


def sent(db: str, office: PostOffice, now: datetime) -> list[str]:
    before = len(office.taken)
    send_due(db, now, environment=office.environment)
    return [parsed(content)["Subject"] for _, content in office.taken[before:]]
