"""``careweave busy``: therapists' other calendars."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from cli.desk import Desk, json_option, pass_desk
from cli.exits import UNUSABLE
from cli.output import counted, moment_words, print_json, say, show_table, warn

if TYPE_CHECKING:
    from office.busy import BusyCalendar, Refreshed


@click.group()
def busy() -> None:
    """Read therapists' other calendars for when they are busy.

    Such times count like time off. Nothing else of those calendars is kept: no titles, places or
    people.
    """


@busy.command()
@click.argument("therapist")
@click.argument("source", metavar="URL|FILE")
@click.option("--allow-private", is_flag=True, help="The address may lie in a private network.")
@click.option("--allow-plain", is_flag=True, help="The address may be asked without encryption.")
@json_option
@pass_desk
def add(
    desk: Desk,
    therapist: str,
    source: str,
    allow_private: bool,
    allow_plain: bool,
    as_json: bool,
) -> None:
    """Read the calendar at URL or FILE from now on.

    It is read at once, and then by careweave busy refresh and by careweave serve, once an hour.
    If it can't be read, nothing is changed.
    """
    from office.busy import Allowed, add_calendar

    allowed = Allowed(private=allow_private, plain=allow_plain)
    added = add_calendar(desk.db, therapist, source, allowed=allowed, now=desk.now, who=desk.who)
    if as_json:
        print_json(added)
        return
    _tell(added)


@busy.command("list")
@json_option
@pass_desk
def list_(desk: Desk, as_json: bool) -> None:
    """List the calendars, and how well reading them goes.

    Of an address only the host is shown, for the rest lets everybody read the calendar.
    """
    from office.busy import list_calendars

    calendars = list_calendars(desk.db)
    if as_json:
        print_json(calendars)
        return
    if not calendars:
        say("No other calendars are read. Maybe careweave busy add THERAPIST URL?")
        return
    rows = [
        (it.id, it.therapist, it.source, it.busy_times, _local(it.refreshed_at), _state(it))
        for it in calendars
    ]
    headers = ("id", "therapist", "calendar", "busy times", "as of", "state")
    show_table(headers, rows, right=("id", "busy times"), whole=("as of",))
    for calendar in calendars:
        say(*(f"{calendar.id}: {remark}" for remark in calendar.remarks))


@busy.command()
@click.argument("therapist", required=False)
@json_option
@pass_desk
def refresh(desk: Desk, therapist: str | None, as_json: bool) -> None:
    """Read all calendars now, or those of THERAPIST.

    One that can't be read keeps counting as it was read last; then the exit code is 2.
    """
    from office.busy import refresh as refresh_now

    refreshed = refresh_now(desk.db, therapist, now=desk.now)
    if as_json:
        print_json(refreshed)
    elif not refreshed:
        say("There is nothing to read. Maybe careweave busy add THERAPIST URL?")
    else:
        for each in refreshed:
            _tell(each)
    if any(each.error for each in refreshed):
        click.get_current_context().exit(UNUSABLE)


@busy.command()
@click.argument("number", metavar="ID", type=int)
@pass_desk
def remove(desk: Desk, number: int) -> None:
    """Forget a calendar, its address and its busy times."""
    from office.busy import remove_calendar

    what = remove_calendar(desk.db, number, now=desk.now, who=desk.who)
    say(f"Removed {number}, {what}: its busy times no longer count.")


def _tell(each: Refreshed) -> None:
    """One calendar, and the promises that it touches."""
    name = f"{each.id}: {each.therapist}, {each.source}"
    times = counted(each.busy_times, "busy time")
    if each.error:
        warn(f"{name}: not read. {each.error}", f"  What it said before still counts: {times}.")
    else:
        say(f"{name}: {times}.")
    warn(*(f"  {remark}" for remark in each.remarks))
    _tell_conflicts(each)


def _tell_conflicts(each: Refreshed) -> None:
    """Nothing was changed for these; whoever reads this may want to make a draft."""
    if not each.conflicts:
        return
    lie = counted(len(each.conflicts), "promise lies", "promises lie")
    warn(f"Warning: {lie} in a busy time. The next careweave schedule moves or drops such:")
    warn(
        *(
            f"  {it.appointment_id}: {moment_words(it.starts_at)}, {it.client}, {it.location}"
            for it in each.conflicts
        )
    )


def _state(calendar: BusyCalendar) -> str:
    if not calendar.error:
        return "ok"
    tries = counted(calendar.failures, "failed attempt")
    return f"{tries}, last {_local(calendar.tried_at)}: {calendar.error}"


def _local(instant: datetime) -> str:
    """By the clock of the computer at which it is read."""
    return moment_words(instant.astimezone())
