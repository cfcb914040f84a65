"""What is wrong with an exchange folder: every fault at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN_FAULTS = 200
"""A message shows at most this many faults; ``ExchangeFaults.faults`` holds them all."""

_SHOWN_CHARACTERS = 60
_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where it stands, what stands there and what was expected.

    ``line`` and ``column`` are ``None`` where the fault is about the whole file or line,
    ``value`` is ``None`` where there is nothing to quote.
    """

    file: str
    line: int | None
    column: str | None
    value: str | None
    expected: str

    def __str__(self) -> str:
        place = [quoted(self.file)[1:-1]]
        if self.line is not None:
            place.append(f"line {self.line}")
        if self.column is not None:
            place.append(f"column {quoted(self.column)}")
        found = "" if self.value is None else f"found {quoted(self.value)}, "
        end = "" if self.expected.endswith("?") else "."
        return f"{', '.join(place)}: {found}expected {self.expected}{end}"


class ExchangeError(Exception):
    """An exchange folder that can't be read or written, with what to do about it."""


class ExchangeFaults(ExchangeError):  # noqa: N818 - it is a collection of them
    """Everything that keeps an exchange folder from being read."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        lines = [f"the exchange folder has {count} fault{'' if count == 1 else 's'}:"]
        lines += [f"  {fault}" for fault in self.faults[:SHOWN_FAULTS]]
        if count > SHOWN_FAULTS:
            lines.append(f"  ... and {count - SHOWN_FAULTS} more.")
        return "\n".join(lines)


def quoted(text: str) -> str:
    """A text in quotation marks, shortened, and without characters that move a cursor."""
    if len(text) > _SHOWN_CHARACTERS:
        text = text[:_SHOWN_CHARACTERS] + "…"
    return repr(text)


def maybe(text: str, known: Iterable[str]) -> str:
    """The known word that is most like a text, as a question, or nothing."""
    alike = get_close_matches(text[:_SHOWN_CHARACTERS].lower(), known, n=1, cutoff=_ALIKE)
    return f". Maybe {quoted(alike[0])}?" if alike else ""
