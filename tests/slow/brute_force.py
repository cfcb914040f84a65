"""Many random tiny problems, the engine against all their schedules.

``python -m tests.slow.brute_force --examples 3000`` prints what it counted, and fails with the
smallest problem it can make of one on which the engine misses the optimum, or a bound is beyond
it. ``make brute-force`` runs it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from hypothesis import HealthCheck, assume, given, reject, seed, settings

from scheduler.problem import Problem
from tests.scheduler.brute_force import BruteForce, TooManyError
from tests.scheduler.runs import agree, scheduled
from tests.scheduler.tiny_networks import tiny_problems


def brute_force(examples: int, first: int, most: int, rounds: int) -> Counter[str]:
    """What became of so many problems, drawn from the seed ``first`` on.

    Problems with more than ``most`` schedules are passed over. The engine works for ``rounds``.
    """
    counted: Counter[str] = Counter()

    @seed(first)
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(tiny_problems())
    def compare(asked: Problem) -> None:
        assume(asked.in_scope)
        outcome = scheduled(asked, rounds=rounds)
        agree(asked, outcome)
        try:
            best, freest = (
                BruteForce(asked, kept, most).best(outcome.points, outcome.booked)
                for kept in (outcome.visits, None)
            )
        except TooManyError:
            counted["too many schedules"] += 1
            reject()
        counted["problems"] += 1
        counted[f"with {len(asked.sessions)} sessions"] += 1
        assert outcome.points == best.points, "the engine missed the optimum"
        assert outcome.bound <= freest.points, "the bound lies above the optimum"
        assert outcome.most_bookable >= freest.booked, "more can be booked than was proven"
        counted["bound is the optimum"] += outcome.bound == best.points
        counted["most bookable is the most"] += outcome.most_bookable == best.booked

    compare()
    return counted


def main() -> int:
    """Say what was counted, or fail with a problem."""
    parser = argparse.ArgumentParser(prog="python -m tests.slow.brute_force")
    parser.add_argument("--examples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=int, default=4000, help="schedules of one problem")
    parser.add_argument("--rounds", type=int, default=10, help="of the engine's work")
    asked = parser.parse_args()
    counted = brute_force(asked.examples, asked.seed, asked.most, asked.rounds)
    for name, count in sorted(counted.items()):
        sys.stdout.write(f"{count:7,}  {name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
