"""Many rows, written a few thousand at a time: statements hold copies of all their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Insert, Update
from sqlalchemy.orm import Session

AT_A_TIME = 5000
"""Rows of one statement."""


def execute_in_batches(
    session: Session, statement: Insert | Update, rows: Iterable[Mapping[str, Any]]
) -> None:
    """Execute ``statement`` for each of ``rows``; for none, do nothing."""
    remaining = iter(rows)
    while batch := list(islice(remaining, AT_A_TIME)):
        session.execute(statement, batch)
