"""``time-off``: appointment and changeover do not touch the therapist's time off."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.findings import Breach
from verifier.view import View
from verifier.words import moment, visit


def check(view: View) -> Iterator[Breach]:
    """Every judged appointment and each stretch of time off that it runs into."""
    for each in view.schedule.judged:
        for off in each.therapist.time_off:
            if each.starts_at < off.end and off.start < each.free_at:
                because = f" ({off.reason})" if off.reason else ""
                yield Breach(
                    f"{visit(each)}: {each.therapist.name} is off from {moment(off.start)} "
                    f"to {moment(off.end)}{because}.",
                    (each,),
                )
