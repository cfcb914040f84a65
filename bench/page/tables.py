"""The tables of the page, as Markdown lines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import median

from bench.judging import MOMENTS, Judged
from bench.peers.everybody import PEERS, Peer
from bench.results import Result

HEAD = (
    "| | after | points | booked | proven bound | gap | above the best bound | broken rules |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
)


class WrongBoundError(ValueError):
    """Somebody proved more than a schedule without a fault pays: no gap can be told."""


def best_bound(results: Iterable[Result]) -> float | None:
    """The best bound that anybody proved of an instance.

    Raises:
        WrongBoundError: if a schedule in which the verifier finds nothing has fewer points.
    """
    judged = [(result.peer, one) for result in results for one in result.judged]
    bounds = [(one.bound, peer) for peer, one in judged if one.bound is not None]
    if not bounds:
        return None
    bound, prover = max(bounds)
    for peer, one in judged:
        if not one.findings and one.points < math.floor(bound):
            raise WrongBoundError(
                f"{prover} says that no schedule has fewer than {bound:,.0f} points, but one of "
                f"{peer} has {one.points:,.0f} and no fault. Maybe measure {prover} again?"
            )
    return bound


def standings(results: Sequence[Result]) -> list[str]:
    """Where everybody stood after each moment; of several seeds, the median of each figure."""
    best, lines = best_bound(results), list(HEAD)
    for peer in PEERS:
        own = [result for result in results if result.peer == peer.name]
        if not own:
            lines.append(f"| {peer.title} | | was not run | | | | | |")
        else:
            lines += [_standing(peer, own, moment, best) for moment in MOMENTS]
    return lines


def _standing(peer: Peer, own: Sequence[Result], moment: float, best: float | None) -> str:
    name = peer.title if moment == MOMENTS[0] else ""
    judged = [one for result in own for one in result.judged if one.at == moment]
    if len(judged) * 2 <= len(own):
        why = next((result.failed for result in own if result.failed), "nothing yet")
        return f"| {name} | {moment:g} s | {why} | | | | | |"
    points = median(one.points for one in judged)
    findings = sum(one.findings for one in judged)
    return (
        f"| {name} | {moment:g} s | {points:,.0f} | {median(x.booked for x in judged):,.0f} "
        f"| {_bound(judged)} | {_gap(judged)} | {_above(points, judged[0].stake, best)} "
        f"| {findings or 'none'} |"
    )


def _bound(judged: Sequence[Judged]) -> str:
    bounds = [one.bound for one in judged if one.bound is not None]
    return f"{median(bounds):,.0f}" if bounds else "–"


def _gap(judged: Sequence[Judged]) -> str:
    gaps = [one.gap for one in judged if one.gap is not None]
    return f"{median(gaps):.2%}" if gaps else "–"


def _above(points: float, stake: int, best: float | None) -> str:
    return "–" if best is None else f"{(points - best) / stake:.2%}"


def firsts(results: Sequence[Result]) -> str:
    """When the first full schedule of each was there, in a sentence."""
    told = []
    for peer in PEERS:
        first = [x.first for x in results if x.peer == peer.name and x.first is not None]
        if first:
            told.append(f"{peer.title} {median(first):.1f} s")
    return f"First full schedule: {', '.join(told)}." if told else ""


def scope(results: Sequence[Result]) -> str:
    """How many sessions there are to book, and what is at stake, in a sentence."""
    judged = next((one for result in results for one in result.judged), None)
    if judged is None:
        return ""
    return f"{judged.in_scope:,} sessions in scope, {judged.stake:,} points at stake."
