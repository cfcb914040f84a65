"""Runs, drafts, publications, appointments, settings and the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.shorthand import (
    CLIENT,
    LOCATION,
    PLAN,
    ROOM,
    SERVICE,
    THERAPIST,
    choices,
    column,
    create,
    days,
    drop,
    flags,
    index_where,
    instants,
    maybe,
    number_given_here,
    numbers,
    texts,
    words,
)

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

RUN = "schedule_runs.run_id"
DRAFT = "drafts.draft_id"
STATUS = "status IN ('booked', 'completed', 'no_show', 'cancelled')"


def upgrade() -> None:
    create_runs()
    create_appointments()
    create_draft_lines()
    create_office()


def downgrade() -> None:
    drop("audit settings draft_unbooked draft_visits drafts appointments")
    drop("published_versions schedule_runs")


def create_runs() -> None:
    create(
        "schedule_runs",
        "run_id",
        number_given_here("run_id"),
        *instants("created_at"),
        *days("horizon_start as_of"),
        *numbers("horizon_weeks points bound stake booked in_scope most_bookable grid"),
        column("seed", sa.BigInteger),
        column("seconds", sa.Double),
        *texts("fingerprint"),
        *words("parts history weights"),
        *flags("interrupted"),
    )
    create(
        "published_versions",
        "version",
        *numbers("version run_id"),
        *instants("published_at"),
        *texts("published_by"),
        refers={"run_id": RUN},
    )
    create(
        "drafts",
        "draft_id",
        *numbers("draft_id run_id base_version"),
        refers={"run_id": RUN},
        checks={"one": "draft_id = 1"},
    )


def create_appointments() -> None:
    create(
        "appointments",
        "appointment_id",
        *texts("appointment_id plan_id service_id therapist_id room_id client_id location_id uid"),
        *numbers("session_number minutes sequence"),
        *instants("starts_at ends_at blocks_until"),
        *choices("status"),
        *flags("pinned contested"),
        *maybe("created_at revised_at", sa.DateTime(timezone=True)),
        *maybe("published_version", sa.Integer),
        refers={
            "plan_id": PLAN,
            "service_id": SERVICE,
            "therapist_id": THERAPIST,
            "room_id": ROOM,
            "client_id": CLIENT,
            "location_id": LOCATION,
            "published_version": "published_versions.version",
        },
        checks={
            "appointmentstatus": STATUS,
            "session_number": "session_number >= 1",
            "minutes": "minutes > 0",
            "order": "starts_at < ends_at AND ends_at <= blocks_until",
            "sequence": "sequence >= 0",
        },
        unique=("uid",),
    )
    op.create_index("ix_appointments_session", "appointments", ["plan_id", "session_number"])
    for who in ("therapist_id", "room_id", "client_id"):
        index = f"ix_appointments_booked_{who}"
        index_where(index, "appointments", f"{who} starts_at", "status = 'booked'")


def create_draft_lines() -> None:
    create(
        "draft_visits",
        "draft_id plan_id session_number companion",
        *numbers("draft_id session_number minutes changeover_minutes"),
        *texts("plan_id service_id therapist_id location_id room_id"),
        *instants("starts_at ends_at"),
        *flags("companion pinned"),
        refers={
            "draft_id": DRAFT,
            "plan_id": PLAN,
            "service_id": SERVICE,
            "therapist_id": THERAPIST,
            "location_id": LOCATION,
            "room_id": ROOM,
        },
        checks={"order": "starts_at < ends_at"},
    )
    create(
        "draft_unbooked",
        "draft_id plan_id session_number",
        *numbers("draft_id session_number"),
        *texts("plan_id"),
        refers={"draft_id": DRAFT, "plan_id": PLAN},
    )


def create_office() -> None:
    create("settings", "key", *texts("key value"))
    create(
        "audit",
        "id",
        number_given_here("id"),
        *instants("at"),
        *texts("who action subject"),
        *maybe("before after", sa.JSON),
    )
