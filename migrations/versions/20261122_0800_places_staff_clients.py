"""Places, staff and clients."""

from __future__ import annotations

import sqlalchemy as sa

from migrations.shorthand import (
    CLIENT,
    LOCATION,
    THERAPIST,
    column,
    create,
    days,
    drop,
    index_where,
    maybe,
    number_given_here,
    numbers,
    texts,
    times,
    words,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WEEKDAY = {"weekday": "weekday BETWEEN 0 AND 6"}


def upgrade() -> None:
    create_places()
    create_staff()
    create_clients()


def downgrade() -> None:
    drop("client_away client_hours clients time_off shifts therapists services")
    drop("travel rooms closures opening_hours locations")


def create_places() -> None:
    create("locations", "location_id", *texts("location_id name address timezone phone"))
    create(
        "opening_hours",
        "location_id weekday opens",
        *texts("location_id"),
        *numbers("weekday"),
        *times("opens closes"),
        refers={"location_id": LOCATION},
        checks={**WEEKDAY, "order": "opens < closes"},
    )
    create(
        "closures",
        "id",
        number_given_here("id"),
        *maybe("location_id"),
        *days("date"),
        *texts("reason"),
        refers={"location_id": LOCATION},
        unique=("location_id", "date"),
    )
    index_where("ix_closures_everywhere", "closures", "date", "location_id IS NULL", unique=True)
    create(
        "rooms",
        "room_id",
        *texts("room_id location_id name kind"),
        refers={"location_id": LOCATION},
    )
    create(
        "travel",
        "from_location_id to_location_id",
        *texts("from_location_id to_location_id"),
        *numbers("minutes"),
        refers={"from_location_id": LOCATION, "to_location_id": LOCATION},
        checks={"minutes": "minutes >= 0"},
    )


def create_staff() -> None:
    create(
        "services",
        "service_id",
        *texts("service_id name credential room_kind"),
        *numbers("minutes changeover_minutes"),
        checks={"minutes": "minutes > 0", "changeover": "changeover_minutes >= 0"},
    )
    create(
        "therapists",
        "therapist_id",
        *texts("therapist_id name email"),
        *words("credentials techniques"),
        *numbers("max_minutes_per_day max_minutes_per_week"),
        checks={"max_day": "max_minutes_per_day >= 0", "max_week": "max_minutes_per_week >= 0"},
    )
    create(
        "shifts",
        "id",
        number_given_here("id"),
        *texts("therapist_id location_id"),
        *numbers("weekday"),
        *times("starts ends"),
        *maybe("valid_from valid_until", sa.Date),
        refers={"therapist_id": THERAPIST, "location_id": LOCATION},
        checks={**WEEKDAY, "order": "starts < ends", "validity": "valid_from <= valid_until"},
        unique=("therapist_id", "location_id", "weekday", "starts", "valid_from"),
    )
    key = "therapist_id location_id weekday starts"
    index_where("ix_shifts_always", "shifts", key, "valid_from IS NULL", unique=True)
    create(
        "time_off",
        "therapist_id starts_at",
        *texts("therapist_id reason"),
        column("starts_at", sa.DateTime(timezone=False)),
        column("ends_at", sa.DateTime(timezone=False)),
        refers={"therapist_id": THERAPIST},
        checks={"order": "starts_at < ends_at"},
    )


def create_clients() -> None:
    create(
        "clients",
        "client_id",
        *texts("client_id name email phone home_location_id"),
        *words("other_location_ids"),
        *maybe("preferred_therapist_id"),
        refers={"home_location_id": LOCATION, "preferred_therapist_id": THERAPIST},
    )
    create(
        "client_hours",
        "client_id weekday starts",
        *texts("client_id"),
        *numbers("weekday"),
        *times("starts ends"),
        refers={"client_id": CLIENT},
        checks={**WEEKDAY, "order": "starts < ends"},
    )
    create(
        "client_away",
        "client_id first_day",
        *texts("client_id"),
        *days("first_day last_day"),
        refers={"client_id": CLIENT},
        checks={"order": "first_day <= last_day"},
    )
