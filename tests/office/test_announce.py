"""Publishing puts mails in line: what changed against what clients were told, and no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from office.errors import OfficeError
from office.import_folder import import_folder
from office.invites import discard_mail, list_mails, retry_mail
from office.record import reading
from office.settings import set_setting
from tests.office.clinic import GOOD, LATER, NOW, folder, settle, visit
from tests.office.mails import (
    DINA,
    GRACE,
    MAILBOX,
    P07_MOVED,
    RUTHS,
    open_post,
    published,
    sent,
    waiting,
)
from tests.office.post_office import parsed, phones, post_office


def test_what_is_new_and_what_moved_waits_for_the_grace_time(each_with_mail: str) -> None:
    mails = published(each_with_mail).mails
    # Dina's first was announced by the old system; her second is new, and Ruth's has moved.
    assert waiting(each_with_mail) == [("dina", "invite", "REQUEST"), ("ruth", "invite", "REQUEST")]
    assert (mails.waiting, mails.people, mails.leaves_at) == (2, 2, LATER + GRACE)
    with post_office() as office:
        assert sent(each_with_mail, office, LATER + GRACE - timedelta(seconds=1)) == []
        assert sent(each_with_mail, office, LATER + GRACE) == [
            "Your appointment on Monday, 8 March 2027 at 8:00 am",
            "Moved: appointment now on Tuesday, 2 March 2027 at 9:00 am",
        ]


def test_several_changes_come_with_a_summary_after_them(with_mail: str) -> None:
    published(with_mail, P07_MOVED)
    with post_office() as office:
        sent(with_mail, office, LATER + GRACE)
        assert office.subjects(DINA) == [
            "Moved: appointment now on Wednesday, 3 March 2027 at 10:00 am",
            "Your appointment on Monday, 8 March 2027 at 8:00 am",
            "Your appointments have changed: 2 changes",
        ]
        summary = parsed(office.taken[2][1]).get_body(("plain",))
        assert summary is not None
        text = summary.get_content()
    assert "was: Monday, 1 March 2027, 8:00 am to 9:00 am (PST), Northgate, with Maya Rossi" in text
    assert "1 Main St, Gresham" in text
    assert "503-555-0100" in text


def test_a_change_that_is_undone_in_time_sends_nothing(each_with_mail: str) -> None:
    published(each_with_mail, P07_MOVED)
    published(each_with_mail, GOOD, LATER + timedelta(minutes=1))
    with post_office() as office:
        sent(each_with_mail, office, LATER + timedelta(hours=1))
        assert office.subjects(DINA) == ["Your appointment on Monday, 8 March 2027 at 8:00 am"]


def test_a_newer_change_replaces_one_that_was_not_sent(with_mail: str) -> None:
    published(with_mail, P07_MOVED)
    again = (visit("p07", 1, "2027-03-04T10:00"), *GOOD[1:])
    published(with_mail, again, LATER + timedelta(minutes=1))
    with post_office() as office:
        sent(with_mail, office, LATER + timedelta(hours=1))
        (moved,) = [it for it in office.subjects(DINA) if it.startswith("Moved")]
        assert "Thursday, 4 March" in moved
        uid, *_ = phones(office)[DINA].seen.values()
        assert uid == [2]


def test_mails_that_are_still_right_go_on_waiting_as_they_are(with_mail: str) -> None:
    published(with_mail)
    before = list_mails(with_mail, LATER)
    published(with_mail, now=LATER + timedelta(minutes=1))
    assert list_mails(with_mail, LATER) == before


def test_an_appointment_that_is_lost_is_cancelled_at_the_time_that_was_told(
    each_with_mail: str,
) -> None:
    with post_office() as office:
        published(each_with_mail)
        sent(each_with_mail, office, LATER + GRACE)
        later = LATER + timedelta(hours=1)
        published(each_with_mail, (*GOOD[:1], GOOD[2]), later, [("p07", 2), ("p08", 2)])
        assert sent(each_with_mail, office, later + GRACE) == [
            "Cancelled: appointment on Monday, 8 March 2027 at 8:00 am"
        ]
        phone = phones(office)[DINA]
        assert phone.shows() == {}
        assert list(phone.seen.values()) == [[0, 1]]


def test_moved_and_then_lost_in_time_cancels_the_old_one(with_mail: str) -> None:
    with post_office() as office:
        published(with_mail)
        sent(with_mail, office, LATER + GRACE)
        later = LATER + timedelta(hours=1)
        published(with_mail, (GOOD[0], visit("p07", 2, "2027-03-09T10:00"), GOOD[2]), later)
        published(with_mail, (GOOD[0], GOOD[2]), later, [("p07", 2), ("p08", 2)])
        assert sent(with_mail, office, later + GRACE) == [
            "Cancelled: appointment on Monday, 8 March 2027 at 8:00 am"
        ]


def test_without_a_mailbox_there_are_no_mails(clinic: str) -> None:
    assert published(clinic).mails.off
    assert list_mails(clinic, LATER) == ()


def test_what_was_published_without_mails_is_told_once_there_is_a_mailbox(clinic: str) -> None:
    published(clinic)
    open_post(clinic)
    published(clinic, now=LATER + timedelta(hours=1))
    assert ("dina", "invite", "REQUEST") in waiting(clinic)


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        ("", "there is no e-mail address on record"),
        (
            "ru..th@mail.example",
            "the e-mail address can't be: An email address cannot have two periods in a row.",
        ),
        (MAILBOX, "it is the clinic's own mailbox"),
    ],
)
def test_a_client_who_cannot_be_reached_is_shown(
    db: str, tmp_path: Path, email: str, reason: str
) -> None:
    change = {"clients": ("ruth,Ruth Okoye,,,", f"ruth,Ruth Okoye,{email},,")}
    settle(db, tmp_path, change)
    open_post(db)
    (unreachable,) = published(db).mails.unreachable
    assert (unreachable.name, unreachable.reason) == ("Ruth Okoye", reason)
    (mail,) = list_mails(db, LATER, failed=True)
    assert (mail.recipient, mail.address, mail.reason) == ("Ruth Okoye", email, reason)


def test_a_mended_address_gets_what_it_missed(db: str, tmp_path: Path) -> None:
    open_post(settle(db, tmp_path))
    published(db)
    (failed,) = list_mails(db, LATER, failed=True)
    moved = ("s1,2027-03-01T08:00", "s1,2027-03-02T09:00")
    mended = folder(tmp_path / "mended", {**RUTHS, "appointments": moved})
    import_folder(db, mended, now=LATER, who="mia")
    retried = retry_mail(db, failed.id, now=LATER, who="mia")
    assert [(it.recipient_id, it.method) for it in retried.mails] == [("ruth", "REQUEST")]
    assert list_mails(db, LATER, failed=True) == ()


def test_a_discarded_mail_counts_as_told(db: str, tmp_path: Path) -> None:
    open_post(settle(db, tmp_path))
    published(db)
    (failed,) = list_mails(db, LATER, failed=True)
    discard_mail(db, failed.id, now=LATER, who="mia")
    published(db, now=LATER + timedelta(minutes=1))
    assert list_mails(db, LATER, failed=True) == ()
    with pytest.raises(OfficeError, match="is superseded and has not failed"):
        discard_mail(db, failed.id, now=LATER, who="mia")


def test_nothing_is_told_of_what_has_begun(with_mail: str) -> None:
    published(with_mail, now=datetime(2027, 3, 2, 18, tzinfo=UTC))  # Ruth's began at 17:00Z
    assert waiting(with_mail) == [("dina", "invite", "REQUEST")]


def test_a_mail_that_would_come_too_late_stays_and_is_shown(with_mail: str) -> None:
    published(with_mail)
    with post_office() as office:
        late = datetime(2027, 3, 2, 17, 0, tzinfo=UTC)
        assert sent(with_mail, office, late) == [
            "Your appointment on Monday, 8 March 2027 at 8:00 am"
        ]
    (failed,) = list_mails(with_mail, late, failed=True)
    assert failed.recipient == "Ruth Okoye"
    assert failed.reason == "its appointments had begun before it could leave"


def test_therapists_hear_of_the_next_24_hours_alone(with_mail: str) -> None:
    eve = datetime(2027, 2, 28, 18, tzinfo=UTC)  # Monday 08:00 is 16:00Z, 22 hours on
    published(with_mail, P07_MOVED, eve)
    notices = [it for it in list_mails(with_mail, eve) if it.kind == "notice"]
    # Omar, who loses Ruth's Monday, has no address.
    assert [(it.recipient_id, it.state) for it in notices] == [
        ("maya", "waiting"),
        ("omar", "failed"),
    ]
    published(with_mail, GOOD, eve + timedelta(minutes=1))  # Dina's Monday is back
    assert ("maya", "notice", "") not in waiting(with_mail)


def test_a_notice_names_clients_as_the_clinic_wants(with_mail: str) -> None:
    eve = datetime(2027, 2, 28, 18, tzinfo=UTC)
    published(with_mail, P07_MOVED, eve)
    with post_office() as office:
        sent(with_mail, office, eve + GRACE)
        (notice,) = [content for to, content in office.taken if to == "maya@clinic.example"]
    assert b"D.Y." in notice
    assert b"Young" not in notice


def test_no_mail_says_what_for(with_mail: str) -> None:
    published(with_mail, P07_MOVED)
    with reading(with_mail) as session:
        contents = session.connection().exec_driver_sql("SELECT content FROM outbox").scalars()
        words = "\n".join(plain_words(it) for it in contents).casefold()
    for word in ("massage", "chronic", "acute", "p07", "cupping"):
        assert word not in words, word


def plain_words(content: bytes) -> str:
    parts = [part for part in parsed(content).walk() if not part.is_multipart()]
    return "\n".join(part.get_payload(decode=True).decode() for part in parts)  # type: ignore[union-attr]  # bytes, since it is no multipart


def test_a_service_is_named_where_the_clinic_wants_it(with_mail: str) -> None:
    set_setting(with_mail, "name_services", "yes", now=NOW, who="mia")
    published(with_mail)
    with post_office() as office:
        sent(with_mail, office, LATER + GRACE)
        assert "SUMMARY:Massage at Northgate" in plain_words(office.taken[0][1])
