"""Care plans as protocols write them: intense for the acute, tapering off for the chronic."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from scheduler.facts import CarePlan, Condition, Frequency, Phase, PlanStatus, Priority

ACUTE, URGENT, PHYSICAL_THERAPY, LONG_MASSAGE = 0.41, 0.25, 0.075, 0.2
COMPANION, LIMITED, PAUSED = 0.14, 0.125, 0.02
TWICE_WHEN_ACUTE, TWICE_WHEN_CHRONIC = 0.7, 0.42
TWO_TECHNIQUES = 0.3
"""Shares of plans; of physical therapy, where the client's clinic offers it."""

MAIN = ("ischemic-compression", "myofascial-release", "trigger-point")
BESIDE = (
    "cross-fiber-friction",
    "pnf-stretching",
    "positional-release",
    "post-isometric-relaxation",
)

SPOKEN_FOR, FORBIDS, CLEARED = 0.11, 0.3, 0.7
FORBIDDING = ("acute-infection", "deep-vein-thrombosis", "malignancy", "recent-surgery")
CAUTION = ("blood-thinners", "hypertension", "pregnancy", "reduced-sensation", "varicose-veins")
"""Contraindications: those that nobody clears, and those that a practitioner often does."""

SOON = 14
"""Days from the first Monday until the last plan starts."""


def a_plan(random: Random, plan_id: str, client_id: str, start: date, *, rehab: bool) -> CarePlan:
    """The plan of a client, which runs in the week from ``start`` or begins soon after.

    ``rehab`` says whether the client's own clinic offers physical therapy.
    """
    acute = random.random() < ACUTE
    urgent = acute and random.random() < URGENT
    phases = _acute(random) if acute else _chronic(random)
    weeks = sum(phase.weeks for phase in phases)
    begins = start + timedelta(days=SOON - random.randrange(SOON + 7 * weeks - 6))
    massage = random.random() >= PHYSICAL_THERAPY * rehab
    service = "nmt-90" if not acute and random.random() < LONG_MASSAGE else "nmt-60"
    visits, until = _authorised(random, phases, begins + timedelta(weeks=weeks))
    contraindications, cleared_by = _screened(random)
    return CarePlan(
        plan_id,
        client_id,
        Condition.ACUTE if acute else Condition.CHRONIC,
        service if massage else "pt-45",
        "nmt-intake" if massage else None,
        _techniques(random) if massage else frozenset(),
        begins,
        Priority.URGENT if urgent else Priority.ROUTINE,
        PlanStatus.PAUSED if random.random() < PAUSED else PlanStatus.ACTIVE,
        "adjustment-15" if massage and random.random() < COMPANION else None,
        visits,
        until,
        contraindications,
        cleared_by,
        begins if cleared_by else None,
        phases,
    )


def _acute(random: Random) -> tuple[Phase, ...]:
    often = random.random() < TWICE_WHEN_ACUTE
    frequency = Frequency.TWICE_A_WEEK if often else Frequency.WEEKLY
    return (Phase(1, frequency, random.choice((2, 3))),)


def _chronic(random: Random) -> tuple[Phase, ...]:
    steps = [(Frequency.WEEKLY, random.randint(3, 6))]
    if random.random() < TWICE_WHEN_CHRONIC:
        weekly = (Frequency.WEEKLY, random.choice((2, 3)))
        steps = [(Frequency.TWICE_A_WEEK, random.randint(3, 6)), weekly]
    steps.append((Frequency.EVERY_OTHER_WEEK, random.choice((4, 6))))
    return tuple(Phase(number, *step) for number, step in enumerate(steps, start=1))


def _techniques(random: Random) -> frozenset[str]:
    beside = [random.choice(BESIDE)] if random.random() < TWO_TECHNIQUES else []
    return frozenset([random.choice(MAIN), *beside])


def _authorised(
    random: Random, phases: tuple[Phase, ...], ends: date
) -> tuple[int | None, date | None]:
    """The visits that an insurer pays for: all, or two fewer; until the end, or a week before."""
    if random.random() >= LIMITED:
        return None, None
    sessions = sum(int(phase.weeks * float(phase.frequency.value)) for phase in phases)
    visits = max(2, sessions - random.choice((0, 0, 2)))
    return visits, ends - timedelta(days=random.choice((0, 7)))


def _screened(random: Random) -> tuple[tuple[str, ...], str | None]:
    """Contraindications, and who cleared the plan all the same."""
    if random.random() >= SPOKEN_FOR:
        return (), None
    if random.random() < FORBIDS:
        return (random.choice(FORBIDDING),), None
    return (random.choice(CAUTION),), "Dr. Lee" if random.random() < CLEARED else None
