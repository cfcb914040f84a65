from __future__ import annotations

from tests.verifier.tiny import booked, breaches, change, completed, network

RULE = "screening"


def test_without_contraindications_nothing_has_to_be_cleared() -> None:
    assert breaches(RULE, network(booked("a", "2027-03-01T09:00"))) == []


def test_a_contraindication_has_to_be_cleared_first() -> None:
    tables = network(booked("a", "2027-03-01T09:00"))
    change(tables, "care_plans", "dina-plan", contraindications="pregnancy;hypertension")
    assert breaches(RULE, tables) == [("a",)]
    change(tables, "care_plans", "dina-plan", cleared_on="2027-02-20")
    assert breaches(RULE, tables) == []


def test_a_companion_is_treatment_too() -> None:
    companion = booked("b", "2027-03-01T10:00", service="adjustment", therapist="ivo")
    tables = network(completed("a", "2027-03-01T09:00"), companion)
    change(
        tables,
        "care_plans",
        "dina-plan",
        contraindications="pregnancy",
        companion_service_id="adjustment",
    )
    assert breaches(RULE, tables) == [("b",)]


def test_another_plan_is_not_held() -> None:
    tables = network(booked("a", "2027-03-01T09:00"))
    change(tables, "care_plans", "ruth-plan", contraindications="pregnancy")
    assert breaches(RULE, tables) == []


def test_what_is_over_is_not_judged() -> None:
    tables = network(completed("a", "2027-03-01T09:00"))
    change(tables, "care_plans", "dina-plan", contraindications="pregnancy")
    assert breaches(RULE, tables) == []
