"""Sharing out: which part has a therapist's day, and how much of the week's minutes.

Each day with shifts in several parts is one part's own, in turns that follow the shifts'
minutes. What was promised elsewhere on that day is kept free. So whatever the parts book,
each by itself, a therapist can do all of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.candidates import MINUTES_A_DAY, Axes
from scheduler.facts import TimeOff
from scheduler.on_record import DAYS_A_WEEK, appointments_on_record, shifts_by_therapist
from scheduler.problem import Allowance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scheduler.facts import Therapist
    from scheduler.on_record import OnRecord, OnShift
    from scheduler.problem import Problem

SHARED_OUT = "shared out"
"""The reason of time off on another part's day."""


@dataclass(slots=True)
class Share:
    """What one part has of the therapists whom it shares.

    ``off`` is when they are not there for it, ``allowances`` the minutes that it may book, and
    ``reserved`` what it has to leave free on its own days: what was promised elsewhere, and what
    stands there.
    """

    off: list[TimeOff] = field(default_factory=list)
    allowances: list[Allowance] = field(default_factory=list)
    reserved: list[OnRecord] = field(default_factory=list)


def share_out(
    problem: Problem, tied: Mapping[str, Sequence[int]], part_of: Mapping[str, int], parts: int
) -> tuple[Share, ...]:
    """Each part's share, given the parts of each tied therapist and the part of each location.

    The tied therapists' records must be free of contradictions (``find_contradicted``).
    """
    shares = tuple(Share() for _ in range(parts))
    shifts, record = shifts_by_therapist(problem), appointments_on_record(problem)
    for therapist_id, own in tied.items():
        rows = record.get(therapist_id, ())
        sharing = _Sharing(problem, problem.therapists[therapist_id], own, part_of, rows)
        sharing.days(shifts.get(therapist_id, ()), shares)
        sharing.weeks(shares)
    return shares


class _Sharing:
    """One tied therapist's time among ``parts``."""

    def __init__(
        self,
        problem: Problem,
        therapist: Therapist,
        parts: Sequence[int],
        part_of: Mapping[str, int],
        record: Sequence[OnRecord],
    ) -> None:
        self._therapist, self._parts, self._part_of = therapist, parts, part_of
        self._record, self._axes = record, Axes(problem)
        self._closed = {(c.location_id, c.date) for c in problem.network.closures}
        self._offer: dict[int, Counter[int]] = defaultdict(Counter)
        """Minutes of each part's own days beside what it promised there, by week."""

    def days(self, shifts: Sequence[OnShift], shares: Sequence[Share]) -> None:
        """Give each day with shifts to one part; the others keep their promises of that day."""
        offered: dict[int, Counter[int]] = defaultdict(Counter)
        for shift in shifts:
            offered[shift.day][self._part_of[shift.location_id]] += self._minutes(shift)
        turns = dict.fromkeys(self._parts, 0.0)
        promised = self._promised_by_day()
        for day, minutes in sorted(offered.items()):
            owner = self._owner(minutes, turns, promised[day])
            most = min(minutes[owner], self._therapist.max_minutes_per_day)
            self._offer[day // DAYS_A_WEEK][owner] += max(most - promised[day][owner], 0)
            for part in minutes:
                if part != owner:
                    self._leave(shares[part], part, day, promised[day][part])
            self._reserve(shares, owner, day)
        self._stand(shares)

    def _minutes(self, shift: OnShift) -> int:
        """Minutes of a shift; none where the location is closed."""
        day = self._axes.date(shift.day)
        closed = {(shift.location_id, day), (None, day)} & self._closed
        return 0 if closed else shift.end - shift.start

    def _promised_by_day(self) -> Mapping[int, Counter[int]]:
        promised: dict[int, Counter[int]] = defaultdict(Counter)
        for row in self._record:
            if row.promised:
                promised[row.day][self._part_of[row.location_id]] += row.minutes
        return promised

    def _owner(self, minutes: Counter[int], turns: dict[int, float], promised: Counter[int]) -> int:
        """The part with the most promises of the day, else the one whose turn it is."""
        if len(minutes) == 1:
            return next(iter(minutes))
        total = sum(minutes.values())
        for part, offered in minutes.items():
            turns[part] += offered / max(total, 1)
        owner = max(sorted(minutes), key=lambda part: (promised[part], turns[part]))
        turns[owner] -= total > 0
        return owner

    def _leave(self, share: Share, part: int, day: int, promised: int) -> None:
        """Keep the therapist away from a part on another's day, but for the part's promises."""
        midnight = day * MINUTES_A_DAY
        kept = [
            (row.start, row.until)
            for row in self._record
            if row.day == day and row.promised and self._part_of[row.location_id] == part
        ]
        edges = [(midnight, midnight), *kept, (midnight + MINUTES_A_DAY, 0)]
        share.off += [
            TimeOff(
                self._therapist.therapist_id,
                self._axes.moment(end),
                self._axes.moment(start),
                SHARED_OUT,
            )
            for (_, end), (start, _) in pairwise(edges)
            if end < start
        ]
        key = self._therapist.therapist_id
        share.allowances.append(Allowance("max-day", key, day, promised))

    def _reserve(self, shares: Sequence[Share], owner: int, day: int) -> None:
        shares[owner].reserved += [
            row
            for row in self._record
            if row.day == day and row.promised and self._part_of[row.location_id] != owner
        ]

    def _stand(self, shares: Sequence[Share]) -> None:
        """What stands takes its time everywhere."""
        for row in self._record:
            if not row.promised:
                for part in self._parts:
                    if part != self._part_of[row.location_id]:
                        shares[part].reserved.append(row)

    def weeks(self, shares: Sequence[Share]) -> None:
        """Share each week's minutes: what was promised first, the rest as the days offer."""
        key = self._therapist.therapist_id
        for week, offer in self._offer.items():
            rows = [row for row in self._record if row.week == week]
            promised = Counter[int]()
            for row in rows:
                if row.promised:
                    promised[self._part_of[row.location_id]] += row.minutes
            left = self._therapist.max_minutes_per_week - sum(row.minutes for row in rows)
            total = sum(offer.values())
            if total > left:
                for part in self._parts:
                    more = left * offer[part] // total
                    allowance = Allowance("max-week", key, week, promised[part] + more)
                    shares[part].allowances.append(allowance)
