"""Which answers count: from whom, to what, and in whatever order they come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from models.answering import rank
from models.appointments import AppointmentRow
from models.audit import AuditRow
from models.clients import ClientRow
from models.replies import Answer, ReplyKind, ReplyRow, ReplyState
from office.mails_in import within_bounds
from office.record import reading, writing
from office.replies import TakenIn, import_replies
from scheduler.facts import AppointmentStatus
from tests.feeds.replies.shapes import calendar, event, mail
from tests.office.answers import ANSWERED, DINA, answer, counter, recorded, take, uid_of


def states(db: str) -> list[tuple[ReplyState, str]]:
    return [(it.state, it.reason) for it in recorded(db)]


def aside(db: str) -> str:
    """The reason for which the only reply was set aside; the mail itself is kept."""
    (row,) = recorded(db)
    assert row.state is ReplyState.SET_ASIDE
    assert row.content
    return row.reason


def test_an_answer_of_the_client_holds(each_clinic: str) -> None:
    content = answer(uid_of(each_clinic), "ACCEPTED", "COMMENT:See you")
    assert take(each_clinic, content) == TakenIn(mails=1, holds=1)
    (row,) = recorded(each_clinic)
    assert (row.appointment_id, row.answer, row.comment) == ("a1", Answer.ACCEPTED, "See you")
    assert (row.state, row.content) == (ReplyState.HOLDS, None)
    with reading(each_clinic) as session:
        entry = session.scalars(select(AuditRow).where(AuditRow.action == "reply")).one()
    assert (entry.who, entry.subject) == ("mia", "appointment a1")
    assert entry.after == {"reply": row.id, "kind": "answer", "answer": "accepted"}


def test_the_same_mail_again_changes_nothing(each_clinic: str) -> None:
    content = answer(uid_of(each_clinic))
    take(each_clinic, content)
    assert take(each_clinic, content) == TakenIn(mails=1, known=1)
    assert len(recorded(each_clinic)) == 1


def test_a_later_answer_takes_the_place_of_an_earlier_one(each_clinic: str) -> None:
    uid = uid_of(each_clinic)
    earlier = answer(uid, "DECLINED", stamp="20270227T150000Z")
    later = answer(uid, "ACCEPTED", stamp="20270227T160000Z")
    for order in ((earlier, later), (later, earlier)):
        forget(each_clinic)
        take(each_clinic, *order)
        held = [it.answer for it in recorded(each_clinic) if it.state is ReplyState.HOLDS]
        assert held == [Answer.ACCEPTED]


ANSWERS = st.tuples(
    st.sampled_from(("ACCEPTED", "DECLINED", "TENTATIVE")),
    st.sampled_from(("20270227T150000Z", "20270227T150001Z", "20270227T160000Z")),
    st.sampled_from((0, 1, 2)),
)


def forget(db: str) -> None:
    with writing(db) as session:
        session.execute(delete(ReplyRow))


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANSWERS, min_size=2, max_size=3, unique=True))
def test_neither_order_nor_repetition_matters(
    clinic: str, answers: list[tuple[str, str, int]]
) -> None:
    _change(clinic, sequence=2)
    mails = [
        answer(uid_of(clinic), said, "DTSTART:20270301T160000Z", stamp=stamp, sequence=sequence)
        for said, stamp, sequence in answers
    ]
    results = []
    for order in (mails, mails[::-1], [*mails[1:], mails[0], mails[1]]):
        forget(clinic)
        take(clinic, *order)
        results += [it.answer for it in recorded(clinic) if it.state is ReplyState.HOLDS]
    assert len(results) == 3
    assert len(set(results)) == 1
    last = max((sequence, stamp) for _, stamp, sequence in answers)
    said_last = {Answer(said.lower()) for said, stamp, number in answers if (number, stamp) == last}
    assert results[0] in said_last


@given(st.permutations([(said, stamp, sequence) for said in Answer for stamp in range(2)
                        for sequence in range(2)]))  # fmt: skip
def test_the_last_word_is_the_same_from_whatever_order(
    order: list[tuple[Answer, int, int]],
) -> None:
    rows = [
        ReplyRow(answer=said, stamp=ANSWERED + timedelta(seconds=stamp), sequence=sequence,
                 digest=f"{said}{stamp}{sequence}")
        for said, stamp, sequence in order
    ]  # fmt: skip
    last = max(rows, key=rank)
    assert (last.answer, last.sequence) == (Answer.DECLINED, 1)
    assert last.stamp == ANSWERED + timedelta(seconds=1)


def test_an_answer_to_an_earlier_invite_is_old_where_the_time_has_changed(clinic: str) -> None:
    uid = uid_of(clinic)
    _change(clinic, sequence=1)
    take(clinic, answer(uid, "ACCEPTED", "DTSTART:20270301T170000Z"))
    take(clinic, answer(uid, "ACCEPTED"))
    assert states(clinic) == [(ReplyState.OLD, "the appointment has moved since")] * 2


def test_an_answer_to_an_earlier_invite_holds_where_the_time_is_the_same(clinic: str) -> None:
    _change(clinic, sequence=1)
    take(clinic, answer(uid_of(clinic), "ACCEPTED", "DTSTART:20270301T160000Z"))
    assert states(clinic) == [(ReplyState.HOLDS, "")]


UNNUMBERED = "SEQUENCE DTSTART DTEND"


@pytest.mark.parametrize("lines", [(), ("DTSTART:20270301T160000Z",)])
def test_an_answer_without_a_sequence_counts_where_there_was_one_invite(
    clinic: str, lines: tuple[str, ...]
) -> None:
    take(clinic, answer(uid_of(clinic), "DECLINED", *lines, drop=UNNUMBERED))
    assert states(clinic) == [(ReplyState.HOLDS, "")]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [((), "which of our invites it answers"), (("DTSTART:20270301T170000Z",), "another time")],
)
def test_an_answer_without_a_sequence_to_what_has_moved_is_for_people(
    each_clinic: str, lines: tuple[str, ...], reason: str
) -> None:
    _change(each_clinic, sequence=1)
    content = answer(uid_of(each_clinic), "DECLINED", *lines, drop=UNNUMBERED)
    assert take(each_clinic, content) == TakenIn(mails=1, set_aside=1)
    assert reason in aside(each_clinic)


@pytest.mark.parametrize(("minutes", "state"), [(0, ReplyState.HOLDS), (1, ReplyState.SET_ASIDE)])
def test_an_answer_without_a_sequence_counts_by_its_time_and_when_it_was_given(
    clinic: str, minutes: int, state: ReplyState
) -> None:
    revised_at = datetime(2027, 2, 27, 17, minutes, tzinfo=UTC)
    _change(clinic, sequence=2, revised_at=revised_at)
    line = "DTSTART:20270301T160000Z"
    take(clinic, answer(uid_of(clinic), "DECLINED", line, drop=UNNUMBERED))
    (row,) = recorded(clinic)
    assert row.state is state
    assert row.sequence == (2 if state is ReplyState.HOLDS else None)


def test_a_proposal_without_a_sequence_to_what_has_moved_is_for_people(clinic: str) -> None:
    _change(clinic, sequence=1)
    content = counter(uid_of(clinic), "20270302T170000Z", "20270302T180000Z", drop="SEQUENCE")
    take(clinic, content)
    assert "which of our invites it answers" in aside(clinic)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"attendee": "party@crasher.example"}, "somebody answers who was not asked"),
        ({"sender": "alias@mail.example"}, "from another address"),
        ({"uid": "nobody-knows"}, "that we don't know"),
        ({"sequence": 3}, "an invite that we have not sent"),
        ({"stamp": "20270301T180000Z"}, "lies in the future"),
    ],
)
def test_what_is_not_the_clients_own_is_set_aside(
    clinic: str, content: dict[str, object], reason: str
) -> None:
    take(clinic, answer(**{"uid": uid_of(clinic), **content}))  # type: ignore[arg-type]  # one each
    assert reason in aside(clinic)


def test_an_answer_in_the_clients_place_is_set_aside(clinic: str) -> None:
    line = f'ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY="mailto:son@mail.example":mailto:{DINA}'
    take(clinic, answer(uid_of(clinic), "ACCEPTED", line))
    assert "in the client's place" in aside(clinic)


def test_an_answer_that_the_mail_server_doubts_is_set_aside(clinic: str) -> None:
    content = answer(uid_of(clinic))
    take(clinic, b"Authentication-Results: mx.willow.example; dmarc=fail\r\n" + content)
    assert "dmarc=fail" in aside(clinic)


def test_the_case_of_an_address_does_not_matter(clinic: str) -> None:
    take(clinic, answer(uid_of(clinic), attendee="Dina@MAIL.example", sender=DINA.upper()))
    assert states(clinic) == [(ReplyState.HOLDS, "")]


def test_an_answer_about_another_time_is_set_aside(clinic: str) -> None:
    take(clinic, answer(uid_of(clinic), "ACCEPTED", "DTSTART:20270301T150000Z"))
    assert "another time" in aside(clinic)


@pytest.mark.parametrize(
    ("status", "reason"),
    [(AppointmentStatus.CANCELLED, "was cancelled"), (AppointmentStatus.COMPLETED, "is over")],
)
def test_an_answer_to_what_is_no_promise_any_more(
    clinic: str, status: AppointmentStatus, reason: str
) -> None:
    _change(clinic, status=status)
    take(clinic, answer(uid_of(clinic)))
    assert reason in aside(clinic)


def test_a_client_without_an_address_was_not_asked(clinic: str) -> None:
    take(clinic, answer(uid_of(clinic, "a2"), attendee="ruth@mail.example"))
    assert "asked nobody" in aside(clinic)


def test_a_file_without_a_sender_counts_for_its_attendee(clinic: str) -> None:
    lines = event(f"UID:{uid_of(clinic)}", f"ATTENDEE;PARTSTAT=DECLINED:mailto:{DINA}",
                  drop="DTSTART DTEND")  # fmt: skip
    take(clinic, calendar(lines).encode())
    assert states(clinic) == [(ReplyState.HOLDS, "")]


def test_what_can_not_be_read_is_kept_with_the_reason(each_clinic: str) -> None:
    junk = mail("BEGIN:VCALENDAR\r\nnonsense")
    assert take(each_clinic, junk) == TakenIn(mails=1, set_aside=1)
    (row,) = recorded(each_clinic)
    assert row.content == junk
    assert "malformed" in row.reason


def test_a_letter_waits_for_somebody_and_a_robots_note_for_nobody(clinic: str) -> None:
    letter = b"From: dina@mail.example\r\n\r\nI can't come tomorrow."
    note = b"Auto-Submitted: auto-replied\r\n" + letter
    take(clinic, letter, note)
    assert [it.state for it in recorded(clinic)] == [ReplyState.SET_ASIDE, ReplyState.PASSED]


def test_of_a_mail_that_is_too_large_the_beginning_is_kept(clinic: str) -> None:
    import_replies(clinic, [within_bounds(b"x" * 1_000_002)], now=ANSWERED)
    (row,) = recorded(clinic)
    assert "more than 1,000,000 bytes" in row.reason
    assert len(row.content or b"") == 1_000_000


def test_a_proposal_is_kept_beside_the_answer(each_clinic: str) -> None:
    uid = uid_of(each_clinic)
    take(each_clinic, answer(uid, "ACCEPTED"))
    take(each_clinic, counter(uid, "20270302T170000Z", "20270302T180000Z"))
    answered, proposed = recorded(each_clinic)
    assert (answered.kind, answered.state) == (ReplyKind.ANSWER, ReplyState.HOLDS)
    assert (proposed.kind, proposed.state) == (ReplyKind.PROPOSAL, ReplyState.HOLDS)
    assert proposed.answer is None


def test_a_proposal_that_declines_is_both(clinic: str) -> None:
    content = counter(uid_of(clinic), "20270302T170000Z", "20270302T180000Z", "DECLINED")
    assert take(clinic, content) == TakenIn(mails=1, holds=2)
    assert [it.kind for it in recorded(clinic)] == [ReplyKind.PROPOSAL, ReplyKind.ANSWER]


def test_a_new_address_on_record_may_answer(clinic: str) -> None:
    with writing(clinic) as session:
        session.execute(update(ClientRow).values(email="Dina.Young@new.example"))
    take(clinic, answer(uid_of(clinic), attendee="dina.young@new.example"))
    assert states(clinic) == [(ReplyState.HOLDS, "")]


def _change(db: str, **columns: object) -> None:
    with writing(db) as session:
        a1 = AppointmentRow.appointment_id == "a1"
        session.execute(update(AppointmentRow).where(a1).values(**columns))
