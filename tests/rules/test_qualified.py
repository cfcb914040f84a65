"""``qualified``: the therapist holds the credential and every technique."""

from __future__ import annotations

from scheduler.problem import Problem
from tests.scheduler.both import book, broken
from tests.scheduler.tiny import network, plan, problem, room, shift, therapist

RULE = {"qualified"}


def with_techniques(asked: set[str], known: set[str]) -> Problem:
    maya = therapist(techniques=frozenset(known))
    return problem(network(therapists=[maya], care_plans=[plan(techniques=frozenset(asked))]))


def test_the_credential_is_needed() -> None:
    maya = therapist(credentials=frozenset({"DC", "PT"}))
    assert broken(problem(network(therapists=[maya])), book("mon 09:00")) == RULE


def test_one_of_several_credentials_is_enough() -> None:
    maya = therapist(credentials=frozenset({"DC", "LMT"}))
    assert broken(problem(network(therapists=[maya])), book("mon 09:00")) == set()


def test_every_technique_is_needed() -> None:
    assert (
        broken(with_techniques({"cupping", "myofascial"}, {"cupping"}), book("mon 09:00")) == RULE
    )
    more = {"cupping", "myofascial", "prenatal"}
    assert broken(with_techniques({"cupping", "myofascial"}, more), book("mon 09:00")) == set()
    assert broken(with_techniques(set(), set()), book("mon 09:00")) == set()


def test_of_two_therapists_each_counts_for_herself() -> None:
    facts = network(
        therapists=[therapist("maya"), therapist("omar", credentials=frozenset({"PT"}))],
        shifts=[*shift("maya"), *shift("omar")],
    )
    assert broken(problem(facts), book("mon 09:00")) == set()
    assert broken(problem(facts), book("mon 09:00", therapist="omar")) == RULE


def test_techniques_are_not_asked_of_a_companion() -> None:
    # Ivo adjusts, and knows no technique at all; his credential he needs.
    care = plan(techniques=frozenset({"trigger-point"}), companion_service_id="adjustment")
    for credential, rules in (("DC", set()), ("PT", RULE)):
        ivo = therapist("ivo", credentials=frozenset({credential}), techniques=frozenset())
        facts = network(
            rooms=[room("north-1"), room("north-2", "adjusting")],
            therapists=[therapist(), ivo],
            shifts=[*shift(), *shift("ivo")],
            care_plans=[care],
        )
        pair = book("mon 09:00"), book("mon 10:00", therapist="ivo", companion=True)
        assert broken(problem(facts), *pair) == rules
