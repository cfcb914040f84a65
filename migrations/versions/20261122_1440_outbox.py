"""Mails that wait to be sent, and what clients' calendars were told."""

from __future__ import annotations

import sqlalchemy as sa

from migrations.shorthand import (
    LOCATION,
    SERVICE,
    THERAPIST,
    choices,
    column,
    create,
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

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APPOINTMENT = "appointments.appointment_id"


def upgrade() -> None:
    create(
        "outbox",
        "id",
        number_given_here("id"),
        *choices("kind recipient_kind state"),
        *texts("recipient_id address message_id last_error"),
        *maybe("appointment_id uid method"),
        *maybe("sequence published_version", sa.Integer),
        column("content", sa.LargeBinary),
        *words("tells"),
        *instants("created_at not_before pointless_from"),
        *numbers("attempts"),
        *flags("may_have_arrived"),
        *maybe("locked_until sent_at", sa.DateTime(timezone=True)),
        refers={
            "appointment_id": APPOINTMENT,
            "published_version": "published_versions.version",
        },
        checks={
            "mailkind": "kind IN ('invite', 'summary', 'notice')",
            "mailstate": "state IN ('waiting', 'sent', 'superseded', 'failed')",
            "recipientkind": "recipient_kind IN ('client', 'therapist')",
            "attempts": "attempts >= 0",
        },
        unique=("message_id",),
    )
    order = "recipient_kind recipient_id id"
    index_where("ix_outbox_waiting", "outbox", order, "state = 'waiting'")
    create(
        "told",
        "appointment_id",
        *texts("appointment_id therapist_id location_id service_id"),
        *maybe("address"),
        *numbers("sequence"),
        *instants("starts_at ends_at told_at"),
        *flags("cancelled"),
        *maybe("outbox_id", sa.Integer),
        refers={
            "appointment_id": APPOINTMENT,
            "therapist_id": THERAPIST,
            "location_id": LOCATION,
            "service_id": SERVICE,
            "outbox_id": "outbox.id",
        },
    )


def downgrade() -> None:
    drop("told outbox")
