"""Care plans and protocols, with the two protocols that most clinics know."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.shorthand import (
    CLIENT,
    PLAN,
    SERVICE,
    choices,
    create,
    days,
    drop,
    maybe,
    numbers,
    texts,
    words,
)

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CONDITION = "condition IN ('acute', 'chronic')"
PRIORITY = "priority IN ('urgent', 'routine')"
STATUS = "status IN ('proposed', 'active', 'paused', 'completed', 'discontinued')"
PHASE = {
    "phase": "phase >= 1",
    "weeks": "weeks >= 1",
    "frequency": "frequency IN ('2', '1', '0.5')",
}
SERVICES = dict.fromkeys(("service_id", "intake_service_id", "companion_service_id"), SERVICE)

STANDARD = (
    ("acute", "Acute: under three months", (("2", 2), ("1", 1))),
    ("chronic", "Chronic: three months and longer", (("2", 3), ("1", 3), ("0.5", 6))),
)
"""Protocols to begin with, which double as conditions: (sessions a week, weeks) by phase."""


def upgrade() -> None:
    create_plans()
    create_protocols()
    seed_protocols()


def downgrade() -> None:
    drop("protocol_phases protocols care_plan_phases care_plans")


def create_plans() -> None:
    create(
        "care_plans",
        "plan_id",
        *texts("plan_id client_id service_id"),
        *choices("condition priority status"),
        *maybe("intake_service_id companion_service_id cleared_by clearance_reason"),
        *words("techniques contraindications"),
        *days("start_date"),
        *maybe("authorised_visits", sa.Integer),
        *maybe("authorised_until cleared_on", sa.Date),
        refers={"client_id": CLIENT, **SERVICES},
        checks={
            "condition": CONDITION,
            "priority": PRIORITY,
            "planstatus": STATUS,
            "authorised_visits": "authorised_visits >= 0",
        },
    )
    op.create_index("ix_care_plans_client_id", "care_plans", ["client_id"])
    create(
        "care_plan_phases",
        "plan_id phase",
        *texts("plan_id"),
        *numbers("phase weeks"),
        *choices("frequency"),
        refers={"plan_id": PLAN},
        checks=PHASE,
    )


def create_protocols() -> None:
    create(
        "protocols",
        "protocol_id",
        *texts("protocol_id name"),
        *choices("condition priority"),
        *maybe("service_id intake_service_id companion_service_id"),
        *words("techniques"),
        *maybe("authorised_visits expiry_days", sa.Integer),
        refers=SERVICES,
        checks={
            "condition": CONDITION,
            "priority": PRIORITY,
            "authorised_visits": "authorised_visits >= 1",
            "expiry_days": "expiry_days >= 1",
        },
    )
    create(
        "protocol_phases",
        "protocol_id phase",
        *texts("protocol_id"),
        *numbers("phase weeks"),
        *choices("frequency"),
        refers={"protocol_id": "protocols.protocol_id"},
        checks=PHASE,
    )


def seed_protocols() -> None:
    protocols = sa.table(
        "protocols",
        *(sa.column(name) for name in ("protocol_id", "name", "condition", "priority")),
        sa.column("techniques", sa.JSON),
    )
    phases = sa.table(
        "protocol_phases",
        *(sa.column(name) for name in ("protocol_id", "phase", "frequency", "weeks")),
    )
    for key, name, steps in STANDARD:
        op.execute(
            protocols.insert().values(
                protocol_id=key, name=name, condition=key, priority="routine", techniques=[]
            )
        )
        for phase, (frequency, weeks) in enumerate(steps, start=1):
            op.execute(
                phases.insert().values(
                    protocol_id=key, phase=phase, frequency=frequency, weeks=weeks
                )
            )
