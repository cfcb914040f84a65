"""How use cases open the record: one transaction, then the door is closed again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from models.store import open_store


@contextmanager
def reading(db: str) -> Iterator[Session]:
    """A session that sees one moment of the record; ``StoreError`` where it can't be opened."""
    store = open_store(db, readonly=True)
    try:
        with store.reading() as session:
            yield session
    finally:
        store.dispose()


@contextmanager
def writing(db: str) -> Iterator[Session]:
    """A session that commits when the block ends well, and else leaves all as it was."""
    store = open_store(db)
    try:
        with store.writing() as session:
            yield session
    finally:
        store.dispose()
