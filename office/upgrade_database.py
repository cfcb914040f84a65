"""Create the database, or bring it to this program's revision."""

from __future__ import annotations

from models.upgrade import UpgradeReport, upgrade


def upgrade_database(db: str) -> UpgradeReport:
    """What was done; ``StoreError`` where the database is not ours, newer, locked or read-only."""
    return upgrade(db)
