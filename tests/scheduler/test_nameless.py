"""What leaves this machine: nothing that says who is who, and yet the same schedule."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings

from office.exchange import read_folder
from scheduler.cluster.crew import parcel_of
from scheduler.cluster.work import unpack
from scheduler.crew import Duty, Task
from scheduler.facts import Network
from scheduler.horizon import Horizon
from scheduler.nameless import KEYS, WITHHELD, nameless
from scheduler.outcome import Visit
from scheduler.problem import Problem
from scheduler.settings import Settings
from tests.scheduler.networks import problems
from tests.scheduler.runs import regions, scheduled

DEMO = Path(__file__).parents[2] / "demo" / "portland"


def demo() -> Problem:
    network = read_folder(DEMO)
    return Problem(network, Horizon(date(2027, 2, 22), 2), date(2027, 2, 20), Settings())


def task(problem: Problem, *start: Visit) -> Task:
    return Task(0, problem, 7, start, Duty.BOTH, 60.0, 1e9, None)


def telling(problem: Problem) -> Iterator[str]:
    """Every text of a network that could say who is who, or what somebody has."""
    for table in fields(Network):
        for row in getattr(problem.network, table.name):
            for field in fields(row):
                value = getattr(row, field.name)
                if isinstance(value, str) and not hasattr(value, "value"):
                    yield value
                elif isinstance(value, tuple | frozenset):
                    yield from (each for each in value if isinstance(each, str))


def test_no_text_of_the_network_leaves_this_machine() -> None:
    # Texts of one or two letters may stand in any bytes.
    asked = demo()
    client, plan = asked.network.clients[0], asked.network.care_plans[0]
    draft = replace(scheduled(regions()).visits[0], plan_id="an-old-plan")
    texts = {*telling(asked), "an-old-plan", *(row.reason for row in asked.network.time_off)}
    assert {client.name, client.email, client.phone, plan.plan_id, "pregnancy"} <= texts
    sent = zlib.decompress(parcel_of(task(asked, draft))[0])
    assert {text for text in texts if len(text) > 2 and text.encode() in sent} == set()


def test_what_was_looked_at_before_does_not_leave_along_with_it() -> None:
    # A problem keeps what it worked out, with names in it.
    asked = demo()
    assert asked.clients
    assert asked.sessions
    sent = zlib.decompress(parcel_of(task(asked))[0])
    name = asked.network.clients[0].name
    assert name.encode() in pickle.dumps(asked)
    assert name.encode() not in sent


def rows() -> list[type]:
    return [get_type_hints(Network)[table.name].__args__[0] for table in fields(Network)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.__name__)
def test_of_each_text_it_is_decided_whether_it_is_a_key_or_withheld(row: type) -> None:
    # A new field of the facts fails here until somebody decides.
    for name, kind in get_type_hints(row).items():
        if "str" in str(kind):
            assert name in KEYS or name in WITHHELD or name == "contraindications", name


def test_keys_come_back_and_keep_their_order() -> None:
    asked = regions()
    bare, codes = nameless(asked)
    for one, other in zip(asked.network.clients, bare.network.clients, strict=True):
        assert codes.keys["client"][other.client_id] == one.client_id
    for table in codes.numbers.values():
        assert sorted(table) == sorted(table, key=table.__getitem__)
    parcel, _ = parcel_of(task(asked))
    assert unpack(parcel) == replace(task(bare), deadline=None)


def test_a_preferred_therapist_of_another_region_is_no_fault() -> None:
    asked = regions()
    clients = tuple(replace(c, preferred_therapist_id="far") for c in asked.network.clients)
    bare, codes = nameless(replace(asked, network=replace(asked.network, clients=clients)))
    assert codes.keys["therapist"][bare.network.clients[0].preferred_therapist_id or ""] == "far"


def turned_back(asked: Problem, **options: Any) -> object:
    bare, codes = nameless(asked)
    outcome = scheduled(bare, **options)
    return replace(
        outcome,
        visits=tuple(codes.visit_back(visit) for visit in outcome.visits),
        unbooked=tuple((codes.keys["plan"][plan], number) for plan, number in outcome.unbooked),
        seconds=0.0,
        history=(),
    )


@settings(max_examples=25)
@given(problems())
def test_the_schedule_is_the_same_without_names(asked: Problem) -> None:
    if asked.in_scope:
        assert turned_back(asked) == replace(scheduled(asked), seconds=0.0, history=())
