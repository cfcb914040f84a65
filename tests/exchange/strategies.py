"""Hypothesis strategies: small valid networks with nasty text in every cell that takes any."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from office.exchange.book import book_of, network_of
from scheduler import facts
from scheduler.care_plans import sessions_of
from scheduler.screening import ABSOLUTE, PRECAUTIONS

NASTY = (
    "=1+1", "+1-503-555-0100", "-", "@SUM(A1)", "\tx", "\rx", "'", "''", "'=1", "''+1", "'tis",
    '"', '""', "a,b", "a;b", "x\r\ny", "x\ny", "x\ry", "\ufeffx", "\u2028", "Zoë 🦶", " x ", "null",
)  # fmt: skip
"""What spreadsheets, CSV readers and programmers trip over."""

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
ZONES = st.sampled_from(("America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe", "UTC"))


def texts() -> st.SearchStrategy[str]:
    """Any text that a note may hold."""
    letters = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\r\n")
    return st.sampled_from(NASTY) | st.text(letters, max_size=6)


def names() -> st.SearchStrategy[str]:
    """Any text that is not blank."""
    return texts().filter(lambda text: bool(text.strip()))


def ids() -> st.SearchStrategy[str]:
    """Any id."""
    letters = st.characters(exclude_categories=("C", "Z"), exclude_characters=";")
    plain = st.text("abc019-_", min_size=1, max_size=4)
    nasty = st.sampled_from([text for text in NASTY if text.isprintable() and ";" not in text])
    return (plain | nasty | st.text(letters, min_size=1, max_size=4)).map(str.strip)


def some_ids(low: int = 1, high: int = 3) -> st.SearchStrategy[list[str]]:
    """A few different ids."""
    return st.lists(ids(), min_size=low, max_size=high, unique=True)


def emails() -> st.SearchStrategy[str]:
    """An email address or none."""
    return st.sampled_from(("", "a@b", "+x@clinic.example", "=1@x", "ü@bücher.example"))


@st.composite
def intervals(draw: st.DrawFn, low: int = 0, high: int = 23 * 60 + 59) -> tuple[time, time]:
    """Two times of day in ``[low, high]`` minutes after midnight, the second one later."""
    start = draw(st.integers(low, high - 1))
    end = draw(st.integers(start + 1, high))
    return time(*divmod(start, 60)), time(*divmod(end, 60))


@st.composite
def networks(draw: st.DrawFn) -> facts.Network:
    """A small network without any fault, sorted as a network is when it is read."""
    zone = draw(ZONES)
    places = draw(some_ids())
    services, rooms = draw(some_ids()), draw(some_ids())
    therapists, clients = draw(some_ids()), draw(some_ids(0))
    place = st.sampled_from(places)
    plans = [draw(_plan(row, clients, services)) for row in draw(some_ids())] if clients else []
    network = facts.Network(
        locations=tuple(
            facts.Location(row, draw(names()), draw(texts()), zone, draw(texts())) for row in places
        ),
        opening_hours=tuple(
            facts.OpeningHours(row, weekday, *draw(intervals()))
            for row in places
            for weekday in draw(st.sets(st.integers(0, 6), max_size=2))
        ),
        closures=draw(_few(st.builds(facts.Closure, st.none() | place, DAYS, texts()))),
        rooms=tuple(facts.Room(row, draw(place), draw(names()), draw(ids())) for row in rooms),
        travel=tuple(facts.Travel(row, places[0], draw(st.integers(1, 90))) for row in places[1:]),
        services=tuple(draw(_service(row)) for row in services),
        therapists=tuple(draw(_therapist(row)) for row in therapists),
        shifts=tuple(
            draw(_shift(row, draw(place), weekday, half))
            for row in therapists
            for weekday in draw(st.sets(st.integers(0, 6), max_size=2))
            for half in draw(st.sets(st.integers(0, 1)))
        ),
        time_off=draw(_few(_time_off(therapists))),
        clients=tuple(draw(_client(row, places, therapists)) for row in clients),
        client_hours=tuple(
            facts.ClientHours(row, weekday, *draw(intervals()))
            for row in clients
            for weekday in draw(st.sets(st.integers(0, 6), max_size=2))
        ),
        client_away=tuple(
            facts.ClientAway(row, day, day + timedelta(days=draw(st.integers(0, 9))))
            for row in clients
            for day in draw(st.sets(DAYS, max_size=1))
        ),
        care_plans=tuple(plans),
        appointments=tuple(
            draw(_appointment(row, plans, services, therapists, rooms))
            for row in (draw(some_ids(0)) if plans else [])
        ),
    )
    return network_of(book_of(network))


def _few(rows: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(rows, max_size=2).map(tuple)


def _keywords() -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(ids(), max_size=3)


def _service(row: str) -> st.SearchStrategy[facts.Service]:
    minutes = st.integers(1, 240)
    return st.builds(
        facts.Service, st.just(row), names(), minutes, st.integers(0, 60), ids(), ids()
    )


def _therapist(row: str) -> st.SearchStrategy[facts.Therapist]:
    return st.builds(
        facts.Therapist,
        st.just(row),
        names(),
        emails(),
        _keywords(),
        _keywords(),
        st.integers(1, 24 * 60),
        st.integers(1, 7 * 24 * 60),
    )


@st.composite
def _shift(draw: st.DrawFn, row: str, place: str, weekday: int, half: int) -> facts.Shift:
    """A shift of the morning (``half`` 0) or the afternoon, for a while or for ever."""
    starts, ends = draw(intervals(half * 720, half * 720 + 719))
    first, last = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if first and last and last < first:
        first, last = last, first
    return facts.Shift(row, place, weekday, starts, ends, first, last)


@st.composite
def _time_off(draw: st.DrawFn, therapists: list[str]) -> facts.TimeOff:
    day = datetime.combine(draw(DAYS), time(12))  # clocks change at night
    end = day + timedelta(days=draw(st.integers(1, 20)))
    return facts.TimeOff(draw(st.sampled_from(therapists)), day, end, draw(texts()))


@st.composite
def _client(draw: st.DrawFn, row: str, places: list[str], therapists: list[str]) -> facts.Client:
    return facts.Client(
        row,
        draw(names()),
        draw(emails()),
        draw(texts()),
        places[0],
        tuple(sorted(draw(st.sets(st.sampled_from(places))))),
        draw(st.none() | st.sampled_from(therapists)),
    )


@st.composite
def _plan(draw: st.DrawFn, row: str, clients: list[str], services: list[str]) -> facts.CarePlan:
    service = st.sampled_from(services)
    cleared = draw(st.booleans())
    words = st.sampled_from(ABSOLUTE + PRECAUTIONS)
    return facts.CarePlan(
        plan_id=row,
        client_id=draw(st.sampled_from(clients)),
        condition=draw(st.sampled_from(facts.Condition)),
        service_id=draw(service),
        intake_service_id=draw(st.none() | service),
        techniques=draw(_keywords()),
        start_date=draw(DAYS),
        priority=draw(st.sampled_from(facts.Priority)),
        status=draw(st.sampled_from(facts.PlanStatus)),
        companion_service_id=draw(st.none() | service),
        authorised_visits=draw(st.none() | st.integers(0, 20)),
        authorised_until=draw(st.none() | DAYS),
        contraindications=tuple(sorted(draw(st.sets(words, max_size=2)))),
        cleared_by=draw(names()) if cleared else None,
        cleared_on=draw(DAYS) if cleared else None,
        phases=tuple(draw(_phase(number)) for number in range(1, draw(st.integers(1, 3)) + 1)),
    )


@st.composite
def _phase(draw: st.DrawFn, number: int) -> facts.Phase:
    frequency = draw(st.sampled_from(facts.Frequency))
    pairs = 2 if frequency is facts.Frequency.EVERY_OTHER_WEEK else 1
    return facts.Phase(number, frequency, pairs * draw(st.integers(1, 4)))


@st.composite
def _appointment(
    draw: st.DrawFn,
    row: str,
    plans: list[facts.CarePlan],
    services: list[str],
    therapists: list[str],
    rooms: list[str],
) -> facts.Appointment:
    plan = draw(st.sampled_from(plans))
    return facts.Appointment(
        row,
        plan.plan_id,
        draw(st.integers(1, len(sessions_of(plan)))),
        draw(st.sampled_from(services)),
        draw(st.sampled_from(therapists)),
        draw(st.sampled_from(rooms)),
        datetime.combine(
            draw(DAYS), draw(st.times(time(8), time(20))).replace(second=0, microsecond=0)
        ),
        draw(st.integers(1, 120)),
        draw(st.sampled_from(facts.AppointmentStatus)),
        draw(st.booleans()),
    )
