"""Write an exchange folder: everything on record, with the published schedule or the draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from models.network import load_exchange
from models.schedule import draft_appointments
from office.exchange import write_folder
from office.record import reading
from office.require import require_draft


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that were written, and how many appointments are in them."""

    paths: tuple[Path, ...]
    appointments: int


def export_folder(db: str, folder: Path, *, draft: bool = False) -> Exported:
    """Write the folder; ``ExchangeError`` where that is impossible, and nothing is half-written."""
    with reading(db) as session:
        network = load_exchange(session)
        if draft:
            require_draft(session)
            network = replace(network, appointments=draft_appointments(session))
    return Exported(write_folder(network, folder), len(network.appointments))
