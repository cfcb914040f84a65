"""The therapist holds the service's credential, and every technique that the plan asks for.

Techniques are not asked of a companion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.rules.kinds import Filter

if TYPE_CHECKING:
    from scheduler.candidates import Candidates, Mask
    from scheduler.facts import Therapist


def allows(candidates: Candidates) -> Mask:
    """Whether the therapist may and can do it."""
    problem = candidates.problem
    asked: dict[tuple[str, frozenset[str]], int] = {}
    need = [
        asked.setdefault(
            (
                problem.services[session.service_id].credential,
                frozenset() if candidates.companion else problem.plans[session.plan_id].techniques,
            ),
            len(asked),
        )
        for session in candidates.wanted
    ]
    able = np.array(
        [
            [credential in t.credentials and techniques <= t.techniques for t in _all(candidates)]
            for credential, techniques in asked
        ],
        dtype=np.bool_,
    ).reshape(len(asked), len(problem.network.therapists))
    return np.asarray(able[candidates.of_session(need), candidates.therapist])


def _all(candidates: Candidates) -> tuple[Therapist, ...]:
    return candidates.problem.network.therapists


QUALIFIED = Filter("qualified", allows)
