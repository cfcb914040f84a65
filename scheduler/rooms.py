"""Hand out the rooms: of one kind at one location they are alike, and there are enough."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Stay:
    """A room of some kind is taken for ``[start, until)``; ``wish`` is the room it had before."""

    name: str
    start: int
    until: int
    wish: str | None


def hand_out(
    stays: Iterable[Stay], rooms: Sequence[str], taken: Iterable[tuple[str, int, int]]
) -> Mapping[str, str]:
    """A room for each stay, so that no room is taken twice at once.

    ``taken`` are stays that stand: room, start, until. Stays come in order of start and get
    the room that they wish for, else the one that was left last, where they are free. With
    standing stays in fixed rooms that order can fail although a way exists; then the stays
    are tried one room after the other until it is found.

    Raises:
        ValueError: if there is no way to do it.
    """
    standing: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for room, start, until in taken:
        standing[room].append((start, until))
    ordered = sorted(stays, key=lambda stay: (stay.start, stay.name))
    given: dict[str, str] = {}
    busy = {room: list(standing[room]) for room in rooms}
    if not _give(ordered, 0, busy, given):
        raise ValueError(f"no rooms for {len(ordered)} stays among {', '.join(rooms)}")
    return given


def _give(
    stays: Sequence[Stay], first: int, busy: dict[str, list[tuple[int, int]]], given: dict[str, str]
) -> bool:
    """Depth-first over the stays; iterative, since a day has more stays than Python has frames."""
    choices: list[list[str]] = []
    at = first
    while at < len(stays):
        stay = stays[at]
        if len(choices) == at - first:
            choices.append(_free(stay, busy))
        if choices[-1]:
            room = choices[-1].pop()
            busy[room].append((stay.start, stay.until))
            given[stay.name] = room
            at += 1
            continue
        choices.pop()
        at -= 1
        if at < first:
            return False
        busy[given.pop(stays[at].name)].pop()
    return True


def _free(stay: Stay, busy: Mapping[str, Sequence[tuple[int, int]]]) -> list[str]:
    """The rooms that are free for a stay, the best one last."""
    free = [
        (room != stay.wish, -max((u for _, u in lots if u <= stay.start), default=0), room)
        for room, lots in busy.items()
        if all(until <= stay.start or stay.until <= start for start, until in lots)
    ]
    return [room for _, _, room in sorted(free, reverse=True)]
