"""Which entries leave the owner of a calendar free, although they stand in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from icalendar import Component


def is_free(event: Component, owners: Collection[str]) -> bool:
    """Whether an event keeps nobody busy: shown as free, cancelled, or declined.

    ``owners`` are addresses in lower case. Where none of them was asked, an event counts as
    declined only if everybody who was asked declined.
    """
    return (
        _word(event, "TRANSP") == "TRANSPARENT"
        or _word(event, "STATUS") == "CANCELLED"
        or _word(event, "X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"
        or _declined(event, owners)
    )


def busy_periods(component: Component) -> Iterator[tuple[datetime, datetime]]:
    """The periods of a VFREEBUSY component that are not told to be free."""
    for period in _all(component, "FREEBUSY"):
        if str(period.params.get("FBTYPE", "BUSY")).upper() != "FREE":
            yield period.start, period.end


def _word(event: Component, name: str) -> str:
    """A property as one upper-case word; programs write it in either case."""
    return str(event.get(name, "")).strip().upper()


def _declined(event: Component, owners: Collection[str]) -> bool:
    answers = [
        (_address(each), str(each.params.get("PARTSTAT", "")).upper())
        for each in _all(event, "ATTENDEE")
    ]
    own = [answer for address, answer in answers if address in owners]
    considered = own or [answer for _, answer in answers]
    return bool(considered) and all(answer == "DECLINED" for answer in considered)


def _all(component: Component, name: str) -> list[Any]:
    """The values of a property that may stand there once, several times or not at all."""
    found: Any = component.get(name, [])
    return found if isinstance(found, list) else [found]


def _address(attendee: object) -> str:
    return str(attendee).lower().removeprefix("mailto:").strip()
