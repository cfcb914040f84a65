"""Clients' answers to invites, and the declines that a draft heeds."""

from __future__ import annotations

import sqlalchemy as sa

from migrations.shorthand import (
    choices,
    column,
    create,
    drop,
    index_where,
    instants,
    maybe,
    number_given_here,
    numbers,
    texts,
)

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPOINTMENT = "appointments.appointment_id"
MOMENTS = "stamp about starts_at ends_at proposed_starts_at proposed_ends_at"


def upgrade() -> None:
    create(
        "replies",
        "id",
        number_given_here("id"),
        *instants("received_at"),
        *choices("source kind state"),
        *texts("digest message_id sender attendee uid comment reason"),
        *numbers("number"),
        *maybe("sequence", sa.Integer),
        *maybe("answer", sa.String(20)),
        *maybe(MOMENTS, sa.DateTime(timezone=True)),
        *maybe("appointment_id"),
        column("content", sa.LargeBinary, null=True),
        refers={"appointment_id": APPOINTMENT},
        checks={
            "source": "source IN ('mailbox', 'file')",
            "replykind": "kind IN ('answer', 'proposal', 'bounce', 'other')",
            "replystate": "state IN ('holds', 'old', 'set_aside', 'passed', 'closed')",
            "answer": "answer IN ('accepted', 'tentative', 'declined')",
        },
        unique=("digest", "number"),
    )
    holds = "state = 'holds'"
    index_where("ix_replies_holds", "replies", "appointment_id kind", holds, unique=True)
    create(
        "draft_declined",
        "draft_id appointment_id",
        *numbers("draft_id"),
        *texts("appointment_id"),
        refers={"draft_id": "drafts.draft_id", "appointment_id": APPOINTMENT},
    )


def downgrade() -> None:
    drop("draft_declined replies")
