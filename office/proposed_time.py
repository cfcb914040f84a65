"""Whether an appointment could be at another time, by the verifier's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from office.judging import judge
from scheduler.facts import Appointment, Network
from verifier import Planning

FREE = "free"


def verdict_on(network: Network, moved: Appointment, grid: int) -> str:
    """``free``, or the rules that ``moved`` would break in any room of its location.

    Therapist and location stay, and nobody else is moved for it.
    """
    location = {it.room_id: it.location_id for it in network.rooms}
    here = location[moved.room_id]
    rooms = [it for it in network.rooms if it.location_id == here]
    kind = next(it.kind for it in rooms if it.room_id == moved.room_id)
    day = moved.starts_at.date()
    monday = day - timedelta(days=day.weekday())
    planning = Planning(start=monday, weeks=1, as_of=monday, grid=grid)
    others = [it for it in network.appointments if it.appointment_id != moved.appointment_id]
    verdicts = []
    for room in (it for it in rooms if it.kind == kind):
        trial = replace(moved, room_id=room.room_id)
        findings = judge(network, planning, [*others, trial]).findings
        broken = {it.rule for it in findings if moved.appointment_id in it.appointment_ids}
        verdicts.append(", ".join(sorted(broken)) or FREE)
        if verdicts[-1] == FREE:
            break
    return min(verdicts, key=lambda it: (it != FREE, len(it)))
