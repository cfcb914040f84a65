"""A proof knows when more of it would be in vain."""

from __future__ import annotations

from scheduler.counting import counting
from scheduler.model import build
from scheduler.proof import Proof
from tests.scheduler.runs import busy


def test_a_bound_stands_still_once_more_rounds_hardly_make_it_better() -> None:
    for model in (build(busy()), counting(build(busy()))):
        proof = Proof(model)
        for _ in range(100):
            assert not proof.stands_still
            proof.round()
        while not proof.stands_still and proof.rounds < 5_000:
            proof.round()
        assert proof.stands_still
        reached = proof.bound
        for _ in range(300):
            proof.round()
        assert proof.bound <= reached + 1
