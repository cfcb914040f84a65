"""What a use case can't do as asked, said to people.

Findings of the verifier are values and no errors: a schedule that breaks a rule is an expected
answer. These are faults: something was asked for that there is none of, or that can't be.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path

_SHOWN = 8
_EXPORT = "careweave export DIR"
_LISTS = {
    "care plan": "careweave plan list",
    "protocol": "careweave protocol list",
    "setting": "careweave settings list",
}
"""The command that lists all ids of a kind; an export has those of the others."""
_NUMBERED = {
    "busy calendar": "careweave busy list",
    "failed mail": "careweave invites list --failed",
    "link": "careweave feeds list",
}
"""The same, where ids are bare numbers, of which none is like another."""


class OfficeError(Exception):
    """The message names the thing and its value, and says what to do."""


class UnknownIdError(OfficeError):
    """An id that nothing of its kind has; the message suggests the known one that is nearest."""

    def __init__(self, kind: str, wanted: str, known: Iterable[str]) -> None:
        if kind in _NUMBERED:
            near = f"look at {_NUMBERED[kind]}"
        else:
            near = suggestion(wanted, known, _LISTS.get(kind, _EXPORT))
        super().__init__(f"there is no {kind} {wanted!r}. Maybe {near}?")


def suggestion(wanted: str, known: Iterable[str], listing: str = _EXPORT) -> str:
    """The known words that are near ``wanted``, or else all; of many, the command that lists them.

    Without a word that was wanted, the first few are named.
    """
    words = sorted(known)
    near = [word for word in get_close_matches(wanted, words, n=99) if _is_near(wanted, word)][:3]
    if near:
        return " or ".join(map(repr, near))
    if not words:
        return "import or add one first"
    if wanted and len(words) > _SHOWN:
        return f"look it up with {listing}"
    more = f" (and {len(words) - _SHOWN} more)" if len(words) > _SHOWN else ""
    return f"one of {', '.join(words[:_SHOWN])}{more}"


def _is_near(wanted: str, word: str) -> bool:
    """Whether the one may be meant for the other; with numbers, only if a single key was missed.

    Any two numbers of four digits are alike for Python, ``p9999`` and ``p0099`` too.
    """
    if not any(map(str.isdigit, word)):
        return True
    one, other = _beyond_common_start(wanted, word)
    one, other = _beyond_common_start(one[::-1], other[::-1])
    swapped = one == other[::-1] and len(one) == len("ab")
    return swapped or max(len(one), len(other)) <= 1


def _beyond_common_start(one: str, other: str) -> tuple[str, str]:
    """What is left of both without the letters with which both begin."""
    alike = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    )
    return one[alike:], other[alike:]


def unwritable(folder: Path, error: OSError | ValueError) -> str:
    """Why nothing can be written into ``folder``, and what to do about it."""
    name = f"the folder {str(folder)!r} can't be written"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"{name}: there is a file of that name, or of one above it. Maybe another folder?"
    reason = error.strerror if isinstance(error, OSError) else error
    return f"{name}: {reason}. Maybe another folder, or make room on the disk?"


def expected_errors() -> tuple[type[Exception], ...]:
    """Every fault whose message is meant for people; the database's are loaded for it."""
    from models.errors import StoreError  # noqa: PLC0415 - SQLAlchemy comes with it
    from office.exchange.faults import ExchangeError  # noqa: PLC0415 - only after a fault
    from scheduler.cluster.address import ClusterError  # noqa: PLC0415 - only after a fault
    from scheduler.horizon import HorizonError  # noqa: PLC0415 - only after a fault
    from scheduler.outcome import BoundError, WorkerLostError  # noqa: PLC0415 - same
    from verifier import UnreadableError  # noqa: PLC0415 - only after a fault

    ours = (OfficeError, StoreError, ExchangeError, UnreadableError)
    return (*ours, HorizonError, BoundError, WorkerLostError, ClusterError)
