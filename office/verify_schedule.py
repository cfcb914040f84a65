"""The second opinion on what is published, or on the draft."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from models.answers import heed, load_declines
from models.network import load_network
from models.schedule import draft_appointments, published_grids, published_run
from models.settings import load_settings
from office.exchange import tables_of
from office.judging import broken_promises, judge, planning_of
from office.record import reading
from office.require import require_draft
from office.since import changed_since
from scheduler.facts import Network
from verifier import Finding, Report, verify


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verifier found, and remarks: what is no broken rule, but good to know."""

    report: Report
    remarks: tuple[str, ...]


def verify_draft(db: str) -> Verdict:
    """The verdict on the draft, by the settings with which it was made.

    The remarks say what has changed since. ``OfficeError`` where there is no draft.
    """
    with reading(db) as session:
        draft = require_draft(session)
        network = heed(load_network(session), load_declines(session), draft.declined)
        run, settings = draft.run, load_settings(session)
        schedule = draft_appointments(session)
    report = judge(network, planning_of(run, run.settings), schedule)
    return Verdict(report, changed_since(run, network, settings))


def verify_published(db: str) -> Verdict:
    """Every rule that a promise breaks, on whatever day it lies, and the points.

    Points are those of the weeks that were published last; none were, there are no points.
    A promise that keeps a grid on which something was published before the setting changed
    breaks no rule; a remark counts such promises.
    """
    with reading(db) as session:
        network, settings = load_network(session), load_settings(session)
        run, grids = published_run(session), published_grids(session)
    planning = None if run is None else planning_of(run, run.settings)
    points = verify(tables_of(network), planning=planning)
    findings = broken_promises(network, settings)
    older = _on_older_grids(findings, network, grids)
    report = replace(points, findings=tuple(it for it in findings if it not in older))
    return Verdict(report, _remarks(len(older), settings.grid))


def _on_older_grids(
    findings: Sequence[Finding], network: Network, grids: Collection[int]
) -> frozenset[Finding]:
    """The findings of promises that are off the grid of today, but on one of ``grids``."""
    starts = {it.appointment_id: it.starts_at for it in network.appointments}
    return frozenset(
        finding
        for finding in findings
        if finding.rule == "grid"
        and any(starts[finding.appointment_ids[0]].minute % grid == 0 for grid in grids)
    )


def _remarks(older: int, grid: int) -> tuple[str, ...]:
    if not older:
        return ()
    promises = "1 promise starts" if older == 1 else f"{older:,} promises start"
    remark = (
        f"{promises} off the grid of {grid} minutes, since the setting changed after publishing. "
        "The next careweave schedule moves or drops what lies in its weeks."
    )
    return (remark,)
