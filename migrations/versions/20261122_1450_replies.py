"""Clients' answers to invites."""

from __future__ import annotations

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet: filled together with its tables."""


def downgrade() -> None:
    """Nothing yet: filled together with its tables."""
