"""``careweave draft``: what the draft would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from cli.desk import Desk, json_option, pass_desk
from cli.output import counted, moment_words, print_json, say, show_table
from cli.reasons import tell_reasons

if TYPE_CHECKING:
    from office.draft import DraftSummary, Move
    from office.entries import Entry


@click.group(invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="List every new appointment.")
@json_option
@pass_desk
def draft(desk: Desk, everything: bool, as_json: bool) -> None:
    """Show what the draft would change.

    Lost, moved and new appointments against what is published, and what is not booked.
    """
    if click.get_current_context().invoked_subcommand is not None:
        return
    from office.draft import summarise_draft
    from office.why import explain_unbooked

    summary, reasons = summarise_draft(desk.db), explain_unbooked(desk.db)
    if as_json:
        print_json(summary, reasons=reasons)
        return
    _tell(summary, everything=everything)
    tell_reasons(reasons)


@draft.command()
@pass_desk
def discard(desk: Desk) -> None:
    """Throw the draft away; what is published stays as it is."""
    from office.draft import throw_draft_away

    throw_draft_away(desk.db, now=desk.now, who=desk.who)
    say("Discarded the draft. What is published stays as it is.")


def _tell(summary: DraftSummary, *, everything: bool) -> None:
    run = summary.run
    say(
        f"Draft for {counted(run.horizon.weeks, 'week')} from {run.horizon.start}, planned as of "
        f"{run.as_of}.",
        f"Booked {run.booked:,} of {run.in_scope:,} sessions in scope; proven: nobody could book "
        f"more than {run.most_bookable:,}.",
        f"Sessions: {_counts(summary.counts)}.",
    )
    if any(summary.companions.values()):
        say(f"Companions: {_counts(summary.companions)}.")
    _tell_lost(summary)
    _tell_declined(summary)
    _tell_moved(summary)
    _tell_new(summary, everything=everything)
    if summary.stale:
        say("Something was published since it was made: it has to be scheduled again.")
    if summary.answered_since:
        say("Clients have declined or accepted since it was made: it has to be scheduled again.")


_SHOWN = 12
"""New appointments told of, unless all are asked for."""


def _tell_lost(summary: DraftSummary) -> None:
    rows = [(_session(it.before), it.before.client, _place(it.before)) for it in summary.lost]
    _show(("session", "client", "was"), rows, [it.reason for it in summary.lost], "Lost")


def _tell_declined(summary: DraftSummary) -> None:
    """What clients can't come to, and when they are asked to come instead."""
    rows = [
        (
            _session(it.before),
            it.before.client,
            _place(it.before),
            _place(it.after) if it.after else f"lost: {it.reason}",
            it.comment,
        )
        for it in summary.declined
    ]
    if rows:
        headers = ("session", "client", "declined", "instead", "comment")
        show_table(headers, rows, title=f"Declined ({len(rows):,})")


def _tell_moved(summary: DraftSummary) -> None:
    rows = [
        (_session(it.after), it.after.client, _place(it.before), _new_place(it))
        for it in summary.moved
    ]
    headers = ("session", "client", "from", "to")
    _show(headers, rows, [it.reason for it in summary.moved], "Moved")


def _show(
    headers: Sequence[str], rows: Sequence[Sequence[str]], reasons: Sequence[str], title: str
) -> None:
    """A table of broken promises; a promise without a reason makes way for a better whole."""
    if not rows:
        return
    if any(reasons):
        headers = (*headers, "since")
        rows = [(*row, reason) for row, reason in zip(rows, reasons, strict=True)]
    show_table(headers, rows, title=f"{title} ({len(rows):,})")
    if not all(reasons):
        say("Where no reason is given, it makes the schedule as a whole better.")


def _tell_new(summary: DraftSummary, *, everything: bool) -> None:
    shown = summary.new if everything else summary.new[:_SHOWN]
    rows = [
        (_session(it), it.client, moment_words(it.starts_at), it.therapist, it.location)
        for it in shown
    ]
    if rows:
        headers = ("session", "client", "when", "therapist", "location")
        show_table(headers, rows, title=f"New ({len(summary.new):,})")
    if len(shown) < len(summary.new):
        say(f"… and {len(summary.new) - len(shown):,} more: careweave draft --all.")


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {kind}" for kind, number in counts.items())


def _session(entry: Entry) -> str:
    """As in ``p0001/3``; a companion is marked with a plus."""
    return f"{entry.plan_id}/{entry.session_number}{'+' if entry.companion else ''}"


def _place(entry: Entry) -> str:
    return f"{moment_words(entry.starts_at)}, {entry.therapist}, {entry.location}"


def _new_place(move: Move) -> str:
    """When, with whom and where; what stays is said to be the same."""
    before, after = move.before, move.after
    when = moment_words(after.starts_at)
    other_therapist = after.therapist_id != before.therapist_id
    other_location = after.location_id != before.location_id
    if not other_therapist and not other_location:
        return f"{when}, rest the same"
    therapist = after.therapist if other_therapist else "same therapist"
    return f"{when}, {therapist}, {after.location if other_location else 'same location'}"
