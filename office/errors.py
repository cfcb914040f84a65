"""What a use case can't do as asked, said to people.

Findings of the verifier are values and no errors: a schedule that breaks a rule is an expected
answer. These are faults: something was asked for that there is none of, or that can't be.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

_SHOWN = 8


class OfficeError(Exception):
    """The message names the thing and its value, and says what to do."""


class UnknownIdError(OfficeError):
    """An id that nothing of its kind has; the message suggests the known one that is nearest."""

    def __init__(self, kind: str, wanted: str, known: Iterable[str]) -> None:
        super().__init__(f"there is no {kind} {wanted!r}. Maybe {suggestion(wanted, known)}?")


def suggestion(wanted: str, known: Iterable[str]) -> str:
    """The known words that are most like ``wanted``, or the first few of them."""
    words = sorted(known)
    near = get_close_matches(wanted, words, n=3, cutoff=0.6)
    if near:
        return " or ".join(map(repr, near))
    if not words:
        return "import or add one first"
    more = f" (and {len(words) - _SHOWN} more)" if len(words) > _SHOWN else ""
    return f"one of {', '.join(words[:_SHOWN])}{more}"


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
    from scheduler.horizon import HorizonError  # noqa: PLC0415 - only after a fault
    from scheduler.outcome import BoundError  # noqa: PLC0415 - only after a fault
    from verifier import UnreadableError  # noqa: PLC0415 - only after a fault

    return (OfficeError, StoreError, ExchangeError, HorizonError, BoundError, UnreadableError)
