"""Finding appointments that overlap, for whatever they must not share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from verifier.appointments import Appointment


def overlaps(
    appointments: Sequence[Appointment], *, end: Callable[[Appointment], datetime]
) -> Iterator[tuple[Appointment, Appointment]]:
    """Pairs, earlier first, of which the second starts before the first ends.

    Each appointment is held against the one that ends last before it in the list, which
    must be in order of time: whoever overlaps anything is in one of the pairs, after one
    pass. Pairs in which nothing is judged are left out.
    """
    last: Appointment | None = None
    last_judged: Appointment | None = None
    for each in appointments:
        before = last if each.judged else last_judged
        if before is not None and each.starts_at < end(before):
            yield before, each
        if last is None or end(each) > end(last):
            last = each
        if each.judged and (last_judged is None or end(each) > end(last_judged)):
            last_judged = each
