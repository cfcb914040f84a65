"""A manager asks why a session is not booked."""

from __future__ import annotations

import pytest

from office.errors import OfficeError, UnknownIdError
from office.publish import publish
from office.why import explain_session, explain_unbooked
from tests.office.clinic import LATER, draft


def test_a_booked_session_of_the_draft_is_booked(clinic: str) -> None:
    draft(clinic)
    why = explain_session(clinic, ("p07", 2))
    assert (why.client, why.of_draft) == ("Dina Young", True)
    assert "booked" in why.explanation.sentence


def test_a_held_plans_session_is_out_of_scope_and_says_why(clinic: str) -> None:
    draft(clinic)
    why = explain_session(clinic, ("p09", 1))
    assert "pregnancy" in why.explanation.sentence


def test_what_is_published_is_explained_once_there_is_no_draft(clinic: str) -> None:
    draft(clinic)
    publish(clinic, now=LATER, who="mia")
    why = explain_session(clinic, ("p08", 2))
    assert (why.client, why.of_draft) == ("Ruth Okoye", False)
    assert why.explanation.key == ("p08", 2)
    assert why.explanation.sentence


def test_unbooked_sessions_are_told_by_reason(clinic: str) -> None:
    draft(clinic)
    reasons = explain_unbooked(clinic)
    assert sum(reason.count for reason in reasons) == 1
    (example,) = reasons[0].examples
    assert (example.plan_id, example.session_number, example.client) == ("p08", 2, "Ruth Okoye")


@pytest.mark.parametrize("number", [0, 3])
def test_a_session_that_the_plan_does_not_have_is_refused(clinic: str, number: int) -> None:
    with pytest.raises(OfficeError, match=rf"p07 has no session {number}. Maybe one from 1 to 2"):
        explain_session(clinic, ("p07", number))


def test_an_unknown_plan_is_named(clinic: str) -> None:
    with pytest.raises(UnknownIdError, match="no care plan 'p7'"):
        explain_session(clinic, ("p7", 1))


def test_before_anything_was_planned_there_is_nothing_to_explain(clinic: str) -> None:
    with pytest.raises(OfficeError, match="nothing was planned yet"):
        explain_session(clinic, ("p07", 1))
    with pytest.raises(OfficeError, match="there is no draft"):
        explain_unbooked(clinic)
