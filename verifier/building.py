"""From rows of values to the view: every id becomes the thing that it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from verifier.appointments import Appointment, Book
from verifier.facts import Away, Client, Location, Room, Service, Shift, Therapist, TimeOff, Weekly
from verifier.planning import Planning
from verifier.plans import Phase, Plan
from verifier.tables import SCHEDULE, Row, Tables, Values, read_tables
from verifier.view import View

Rows = Iterable[dict[str, Any]]


@dataclass(frozen=True)
class _Network:
    """The things by id, while the view is built."""

    locations: Mapping[str, Location]
    rooms: Mapping[str, Room]
    services: Mapping[str, Service]
    therapists: Mapping[str, Therapist]
    plans: Mapping[str, Plan]


def build_view(facts: Tables, schedule: Sequence[Row] | None, planning: Planning | None) -> View:
    """Everything that checks look at; raises ``UnreadableError`` with every fault."""
    values = read_tables(facts, schedule)
    network = _network(values)
    record = _appointments(values["appointments"], network)
    judged_table = _appointments(values[SCHEDULE], network) if schedule is not None else record
    return View(
        plans=network.plans,
        rooms=network.rooms,
        travel=_travel(values["travel"]),
        record=Book(record),
        schedule=Book(_judged(_with_history(judged_table, record), planning)),
        planning=planning,
    )


def _with_history(table: Sequence[Appointment], record: Sequence[Appointment]) -> list[Appointment]:
    """The judged table's promises; what has happened is as the record says.

    A schedule can't undo history by leaving it out.
    """
    history = {each.appointment_id: each for each in (*table, *record) if not each.booked}
    return [*history.values(), *(each for each in table if each.booked)]


def _judged(appointments: Iterable[Appointment], planning: Planning | None) -> list[Appointment]:
    return [
        replace(each, judged=each.booked and (planning is None or planning.is_open(each.day)))
        for each in appointments
    ]


def _network(values: Values) -> _Network:
    locations = _locations(values)
    services = {row["service_id"]: _service(row) for row in values["services"]}
    therapists = _therapists(values, locations)
    rooms = {
        row["room_id"]: Room(
            row["room_id"], row["name"], row["kind"], locations[row["location_id"]]
        )
        for row in values["rooms"]
    }
    clients = _clients(values, locations, therapists)
    plans = _plans(values, clients, services)
    return _Network(locations, rooms, services, therapists, plans)


def _locations(values: Values) -> dict[str, Location]:
    opening = _group(values["opening_hours"], "location_id")
    closures = _group(values["closures"], "location_id")
    return {
        key: Location(
            location_id=key,
            name=row["name"],
            opening=tuple(_weekly(each, "opens", "closes") for each in opening[key]),
            # A closure without a location closes all of them.
            closed={each["date"]: each["reason"] for each in (*closures[None], *closures[key])},
        )
        for row in values["locations"]
        for key in [row["location_id"]]
    }


def _service(row: dict[str, Any]) -> Service:
    return Service(
        service_id=row["service_id"],
        name=row["name"],
        minutes=row["minutes"],
        changeover=row["changeover_minutes"],
        credential=row["credential"],
        room_kind=row["room_kind"],
    )


def _therapists(values: Values, locations: Mapping[str, Location]) -> dict[str, Therapist]:
    shifts = _group(values["shifts"], "therapist_id")
    time_off = _group(values["time_off"], "therapist_id")
    return {
        key: Therapist(
            therapist_id=key,
            name=row["name"],
            credentials=frozenset(row["credentials"]),
            techniques=frozenset(row["techniques"]),
            day_limit=row["max_minutes_per_day"],
            week_limit=row["max_minutes_per_week"],
            shifts=tuple(
                Shift(
                    locations[each["location_id"]],
                    _weekly(each, "starts", "ends"),
                    each["valid_from"],
                    each["valid_until"],
                )
                for each in shifts[key]
            ),
            time_off=tuple(
                TimeOff(each["starts_at"], each["ends_at"], each["reason"])
                for each in time_off[key]
            ),
        )
        for row in values["therapists"]
        for key in [row["therapist_id"]]
    }


def _clients(
    values: Values, locations: Mapping[str, Location], therapists: Mapping[str, Therapist]
) -> dict[str, Client]:
    hours = _group(values["client_hours"], "client_id")
    away = _group(values["client_away"], "client_id")
    return {
        key: Client(
            client_id=key,
            name=row["name"],
            home=locations[row["home_location_id"]],
            others=tuple(locations[each] for each in row["other_location_ids"]),
            preferred=therapists.get(row["preferred_therapist_id"]),
            hours=tuple(_weekly(each, "starts", "ends") for each in hours[key]),
            away=tuple(Away(each["first_day"], each["last_day"]) for each in away[key]),
        )
        for row in values["clients"]
        for key in [row["client_id"]]
    }


def _plans(
    values: Values, clients: Mapping[str, Client], services: Mapping[str, Service]
) -> dict[str, Plan]:
    phases = _group(sorted(values["care_plan_phases"], key=lambda row: row["phase"]), "plan_id")
    return {
        key: Plan(
            plan_id=key,
            client=clients[row["client_id"]],
            service=services[row["service_id"]],
            intake=services.get(row["intake_service_id"]),
            companion=services.get(row["companion_service_id"]),
            techniques=frozenset(row["techniques"]),
            start=row["start_date"],
            urgent=row["priority"] == "urgent",
            active=row["status"] == "active",
            authorised_visits=row["authorised_visits"],
            authorised_until=row["authorised_until"],
            contraindications=row["contraindications"],
            cleared_on=row["cleared_on"],
            phases=tuple(Phase(each["sessions_per_week"], each["weeks"]) for each in phases[key]),
        )
        for row in values["care_plans"]
        for key in [row["plan_id"]]
    }


def _appointments(rows: Rows, network: _Network) -> list[Appointment]:
    return [
        Appointment(
            appointment_id=row["appointment_id"],
            plan=network.plans[row["plan_id"]],
            number=row["session_number"],
            service=network.services[row["service_id"]],
            therapist=network.therapists[row["therapist_id"]],
            room=network.rooms[row["room_id"]],
            starts_at=row["starts_at"],
            minutes=row["minutes"],
            status=row["status"],
            pinned=row["pinned"],
        )
        for row in rows
    ]


def _travel(rows: Rows) -> dict[frozenset[str], int]:
    """Minutes by pair: each row holds in both directions, so of two rows the longer counts."""
    travel: dict[frozenset[str], int] = {}
    for row in rows:
        pair = frozenset((row["from_location_id"], row["to_location_id"]))
        travel[pair] = max(row["minutes"], travel.get(pair, 0))
    return travel


def _weekly(row: dict[str, Any], start: str, end: str) -> Weekly:
    return Weekly(row["weekday"], row[start], row[end])


def _group(rows: Rows, column: str) -> defaultdict[str | None, list[dict[str, Any]]]:
    groups: defaultdict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups
