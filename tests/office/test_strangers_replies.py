"""A stranger's mail never counts as the client's answer, nor against it."""

from __future__ import annotations

from office.one_reply import close_reply
from tests.office.answers import ANSWERED, DINA, answer, recorded, take, uid_of
from tests.office.test_replies import aside


def test_a_stranger_who_names_the_client_as_sender_is_set_aside(clinic: str) -> None:
    stranger = answer(uid_of(clinic), sender="evil@evil.example")
    passed = b"Authentication-Results: mx; dmarc=pass header.from=evil.example\r\n"
    take(clinic, passed + f"Sender: {DINA}\r\n".encode() + stranger)
    assert "from another address" in aside(clinic)


def test_a_strangers_mail_that_was_read_and_closed_decides_nothing(each_clinic: str) -> None:
    uid = uid_of(each_clinic)
    late = answer(uid, sender="evil@evil.example", stamp="20270228T170000Z")
    take(each_clinic, answer(uid), late)
    close_reply(each_clinic, recorded(each_clinic)[1].id, now=ANSWERED, who="mia")
    take(each_clinic, answer(uid, "ACCEPTED", stamp="20270227T173000Z"))
    assert [it.state.value for it in recorded(each_clinic)] == ["old", "closed", "holds"]


def test_a_mail_that_somebody_sent_for_the_client_is_set_aside(clinic: str) -> None:
    take(clinic, b"Sender: son@mail.example\r\n" + answer(uid_of(clinic)))
    assert "Sender is not From" in aside(clinic)
