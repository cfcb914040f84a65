"""``away-from-home``: 20 for each session away from the client's home location."""

from __future__ import annotations

from dataclasses import replace

from scheduler.settings import Weights
from tests.scheduler.both import book, parts
from tests.scheduler.tiny import client, problem, shift, two_clinics

FACTS = two_clinics(shifts=[*shift(days="mon tue"), *shift(days="wed", where="south")])


def test_each_session_elsewhere() -> None:
    dina, ruth = book("mon 09:00"), book("wed 09:00", plan="ruth-plan", where="south")
    assert parts(problem(FACTS), dina, ruth) == {"away-from-home": 20}
    both = book("wed 09:00", where="south"), book("wed 10:15", plan="ruth-plan", where="south")
    assert parts(problem(FACTS), *both) == {"away-from-home": 40}


def test_each_client_has_a_home_of_her_own() -> None:
    clients = (
        client("dina", home_location_id="south", other_location_ids=("north",)),
        client("ruth"),
    )
    asked = problem(replace(FACTS, clients=clients))
    dina, ruth = book("mon 09:00"), book("tue 09:00", plan="ruth-plan")
    assert parts(asked, dina, ruth) == {"away-from-home": 20}


def test_the_weight_is_a_setting() -> None:
    asked = problem(FACTS, weights=Weights(unbooked=0, away_from_home=7))
    assert parts(asked, book("wed 09:00", where="south")) == {"away-from-home": 7}
