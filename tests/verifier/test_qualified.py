from __future__ import annotations

from tests.verifier.tiny import booked, breaches, change, network

RULE = "qualified"


def test_the_credential_of_the_service_is_enough_for_a_plan_without_techniques() -> None:
    assert breaches(RULE, network(booked("a", "2027-03-01T09:00"))) == []


def test_another_credential_is_not() -> None:
    # Ivo is a DC, massage asks for an LMT.
    assert breaches(RULE, network(booked("a", "2027-03-01T09:00", therapist="ivo"))) == [("a",)]


def test_every_technique_of_the_plan_is_needed() -> None:
    tables = network(booked("a", "2027-03-01T09:00"))
    change(tables, "care_plans", "dina-plan", techniques="trigger-point")
    assert breaches(RULE, tables) == []
    change(tables, "care_plans", "dina-plan", techniques="trigger-point;cupping")
    assert breaches(RULE, tables) == [("a",)]


def test_more_than_needed_does_no_harm() -> None:
    tables = network(booked("a", "2027-03-01T09:00"))
    change(tables, "therapists", "maya", credentials="CNMT;LMT")
    assert breaches(RULE, tables) == []


def test_a_companion_needs_the_credential_but_not_the_techniques() -> None:
    companion = booked("b", "2027-03-01T10:00", service="adjustment", therapist="ivo")
    tables = network(booked("a", "2027-03-01T09:00"), companion)
    change(
        tables,
        "care_plans",
        "dina-plan",
        techniques="trigger-point",
        companion_service_id="adjustment",
    )
    assert breaches(RULE, tables) == []
    change(tables, "therapists", "ivo", credentials="LMT")
    assert breaches(RULE, tables) == [("b",)]


def test_techniques_of_another_plan_do_not_matter() -> None:
    tables = network(booked("a", "2027-03-01T09:00"))
    change(tables, "care_plans", "ruth-plan", techniques="cupping")
    assert breaches(RULE, tables) == []
