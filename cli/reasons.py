"""Why sessions are not booked, grouped by the rule that closes most of their slots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.output import counted, say

if TYPE_CHECKING:
    from office.overview import Reason


def tell_reasons(reasons: Sequence[Reason]) -> None:
    """Each rule with a few examples, and the command that tells more."""
    if not reasons:
        say("Every session in scope is booked.")
        return
    total = sum(reason.count for reason in reasons)
    say(f"Not booked: {counted(total, 'session')}, by the rule that closes most of their slots:")
    for reason in reasons:
        say(f"  {reason.rule}: {counted(reason.count, 'session')}")
        for example in reason.examples:
            say(f"    {example.plan_id}/{example.session_number}  {example.sentence}")
    first = reasons[0].examples[0]
    say(f"Learn more: careweave why {first.plan_id}/{first.session_number}")
