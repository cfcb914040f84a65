"""Secret addresses are given away once, and taken back one by one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text

from models.audit import AuditRow
from models.feed_links import FeedLinkRow
from office.errors import OfficeError, UnknownIdError
from office.feed_links import LinkState, NewLink, link, list_links, revoke, rotate, token_hash
from office.record import reading
from office.settings import set_setting
from tests.office.clinic import LATER, NOW


def token(made: NewLink) -> str:
    return made.https.partition("/feeds/")[2].removesuffix(".ics")


def give(db: str, kind: str = "therapist", subject_id: str = "maya") -> NewLink:
    return link(db, kind, subject_id, now=NOW, who="mia")


def states(db: str, now: datetime = LATER) -> list[LinkState]:
    return [it.state for it in list_links(db, now)]


@pytest.mark.parametrize(
    ("kind", "subject_id", "name"),
    [
        ("therapist", "maya", "Maya Rossi"),
        ("location", "north", "Northgate"),
        ("room", "n1", "North 1 (Northgate)"),
        ("client", "dina", "Dina Young"),
    ],
)
def test_a_link_is_made_for_each_kind(
    each_clinic: str, kind: str, subject_id: str, name: str
) -> None:
    made = give(each_clinic, kind, subject_id)
    assert (made.kind, made.subject_id, made.name) == (kind, subject_id, name)
    (listed,) = list_links(each_clinic, LATER)
    assert (listed.link_id, listed.name, listed.state) == (made.link_id, name, "valid")
    assert (listed.created_at, listed.created_by, listed.last_used_at) == (NOW, "mia", None)


def test_a_token_has_256_bits_and_only_its_hash_is_kept(clinic: str) -> None:
    made = give(clinic)
    assert re.fullmatch(r"[\w-]{43}", token(made))  # 43 characters of 6 bits
    with reading(clinic) as session:
        (row,) = session.scalars(select(FeedLinkRow))
        assert row.token_hash == token_hash(token(made))
        for table in session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")):
            rows = session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - our own tables
            assert token(made) not in str(rows.all())


def test_two_links_differ(clinic: str) -> None:
    assert token(give(clinic)) != token(give(clinic))


def test_links_begin_with_the_address_that_is_set(clinic: str) -> None:
    own = give(clinic)
    assert own.https == f"http://127.0.0.1:8321/feeds/{token(own)}.ics"
    assert not own.public
    set_setting(clinic, "base_url", "https://willow.example/cal", now=NOW, who="mia")
    public = give(clinic)
    assert public.https == f"https://willow.example/cal/feeds/{token(public)}.ics"
    assert public.webcal == f"webcal://willow.example/cal/feeds/{token(public)}.ics"
    assert public.public


def test_a_revoked_link_leaves_the_others_alone(each_clinic: str) -> None:
    give(each_clinic)
    give(each_clinic)
    revoke(each_clinic, 1, now=NOW, who="mia")
    assert states(each_clinic) == ["revoked", "valid"]


def test_a_rotated_link_is_cut_at_once_or_kept_for_days(each_clinic: str) -> None:
    give(each_clinic)
    give(each_clinic)
    rotate(each_clinic, 1, keep=timedelta(0), now=NOW, who="mia")
    rotate(each_clinic, 2, keep=timedelta(days=7), now=NOW, who="mia")
    assert states(each_clinic, NOW) == ["expired", "valid", "valid", "valid"]
    week = NOW + timedelta(days=7)
    assert states(each_clinic, week - timedelta(seconds=1))[1] == "valid"
    assert states(each_clinic, week)[1] == "expired"
    assert [it.subject_id for it in list_links(each_clinic, NOW)] == ["maya"] * 4


def test_rotating_twice_never_gives_an_old_address_more_time(clinic: str) -> None:
    give(clinic)
    rotate(clinic, 1, keep=timedelta(days=1), now=NOW, who="mia")
    rotate(clinic, 1, keep=timedelta(days=9), now=NOW, who="mia")
    assert list_links(clinic, NOW)[0].expires_at == NOW + timedelta(days=1)


@pytest.mark.parametrize("kind", ["therapist", "location", "room", "client"])
def test_a_subject_that_is_not_there_is_named(clinic: str, kind: str) -> None:
    with pytest.raises(UnknownIdError, match=f"there is no {kind} 'nobody'. Maybe one of"):
        give(clinic, kind, "nobody")


def renew(db: str, link_id: int) -> None:
    rotate(db, link_id, keep=timedelta(0), now=LATER, who="mia")


def cut(db: str, link_id: int) -> None:
    revoke(db, link_id, now=LATER, who="mia")


@pytest.mark.parametrize("change", [renew, cut])
def test_a_link_that_is_not_there_or_over_is_named(
    clinic: str, change: Callable[[str, int], None]
) -> None:
    with pytest.raises(UnknownIdError, match=r"there is no link '1'\. Maybe look at .*feeds list"):
        change(clinic, 1)
    give(clinic)
    revoke(clinic, 1, now=NOW, who="mia")
    with pytest.raises(OfficeError, match=r"link 1 is revoked already.*feeds link therapist maya"):
        change(clinic, 1)
    give(clinic)
    rotate(clinic, 2, keep=timedelta(0), now=NOW, who="mia")
    with pytest.raises(OfficeError, match="link 2 is expired already"):
        change(clinic, 2)


def test_the_audit_trail_tells_of_links_but_not_of_tokens(each_clinic: str) -> None:
    first = give(each_clinic)
    second = rotate(each_clinic, 1, keep=timedelta(0), now=NOW, who="omar")
    revoke(each_clinic, 2, now=LATER, who="ivo")
    with reading(each_clinic) as session:
        rows = list(session.scalars(select(AuditRow).order_by(AuditRow.id)))[1:]  # after the import
        told = [(row.who, row.action, row.subject) for row in rows]
    assert told == [
        ("mia", "link", "link 1 to the feed of therapist maya"),
        ("omar", "rotate", "link 1 to the feed of therapist maya"),
        ("omar", "link", "link 2 to the feed of therapist maya"),
        ("ivo", "revoke", "link 2 to the feed of therapist maya"),
    ]
    assert not any(token(made) in str(told) for made in (first, second))
