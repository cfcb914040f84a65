"""Drafts that are made region by region: several at a time, of which one is complete."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.shorthand import index_where

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_LINES = ("draft_visits", "draft_unbooked", "draft_declined")


def upgrade() -> None:
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_constraint(op.f("ck_drafts_one"), type_="check")
        drafts.alter_column("run_id", existing_type=sa.Integer(), nullable=True)
        drafts.add_column(sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True))
        drafts.add_column(sa.Column("complete", sa.Boolean(), nullable=True))
    op.execute(
        "UPDATE drafts SET complete = true, begun_at = "
        "(SELECT created_at FROM schedule_runs WHERE schedule_runs.run_id = drafts.run_id)"
    )
    with op.batch_alter_table("drafts") as drafts:
        drafts.alter_column("begun_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        drafts.alter_column("complete", existing_type=sa.Boolean(), nullable=False)
        drafts.create_check_constraint(
            op.f("ck_drafts_complete"), "complete = (run_id IS NOT NULL)"
        )
    index_where("ix_drafts_complete", "drafts", "complete", "complete", unique=True)
    op.create_index(op.f("ix_clients_home_location_id"), "clients", ["home_location_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_clients_home_location_id"), "clients")
    op.drop_index("ix_drafts_complete", "drafts")
    for table in (*_LINES, "drafts"):
        op.execute(
            f"DELETE FROM {table} WHERE draft_id NOT IN "  # noqa: S608 - our own words
            "(SELECT draft_id FROM drafts WHERE complete)"
        )
    op.execute(
        "INSERT INTO drafts (draft_id, run_id, base_version, begun_at, complete) "
        "SELECT 1, run_id, base_version, begun_at, complete FROM drafts WHERE draft_id <> 1"
    )
    for table in _LINES:
        op.execute(f"UPDATE {table} SET draft_id = 1")  # noqa: S608 - our own words
    op.execute("DELETE FROM drafts WHERE draft_id <> 1")
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_constraint(op.f("ck_drafts_complete"), type_="check")
        drafts.alter_column("run_id", existing_type=sa.Integer(), nullable=False)
        drafts.drop_column("begun_at")
        drafts.drop_column("complete")
        drafts.create_check_constraint(op.f("ck_drafts_one"), "draft_id = 1")
