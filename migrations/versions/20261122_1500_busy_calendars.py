"""Therapists' own calendars."""

from __future__ import annotations

from migrations.shorthand import (
    THERAPIST,
    create,
    drop,
    flags,
    instants,
    number_given_here,
    numbers,
    texts,
    words,
)

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create(
        "busy_calendars",
        "id",
        number_given_here("id"),
        *texts("therapist_id source"),
        *flags("allow_private allow_plain"),
        *instants("added_at"),
        *texts("added_by"),
        *instants("tried_at refreshed_at read_at"),
        *texts("etag last_modified"),
        *numbers("failures"),
        *texts("last_error"),
        *words("remarks"),
        refers={"therapist_id": THERAPIST},
        checks={"failures": "failures >= 0"},
        unique=("therapist_id", "source"),
    )
    create(
        "busy_times",
        "calendar_id starts_at",
        *numbers("calendar_id"),
        *instants("starts_at ends_at"),
        refers={"calendar_id": "busy_calendars.id"},
        checks={"order": "starts_at < ends_at"},
    )


def downgrade() -> None:
    drop("busy_times busy_calendars")
