"""Why sessions are not booked, grouped by rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.output import counted, say, say_wrapped

if TYPE_CHECKING:
    from office.overview import Reason


def tell_reasons(reasons: Sequence[Reason], careweave: str = "careweave") -> None:
    """Each rule with a few examples, and how to call ``careweave`` to learn more."""
    if not reasons:
        say("Every session in scope is booked.")
        return
    total = sum(reason.count for reason in reasons)
    say(f"Not booked: {counted(total, 'session')}, by what keeps them out")
    for reason in reasons:
        say(f"  {reason.rule}: {counted(reason.count, 'session')}")
        for example in reason.examples:
            key = f"{example.plan_id}/{example.session_number}"
            say_wrapped(f"    {key:<9} {example.sentence}", indent=14)
    first = reasons[0].examples[0]
    say(f"Learn more: {careweave} why {first.plan_id}/{first.session_number}")
