"""Take in an exchange folder: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from models.audit import record
from models.network import load_exchange, load_network, save_network
from models.settings import load_settings
from models.within import each_within, find_regions
from office.exchange import read_folder
from office.judging import broken_promises
from office.record import writing
from scheduler.facts import AppointmentStatus, Network
from verifier import Finding


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows of each table were new or changed, and which promises break a rule.

    ``broken`` promises are concerned by the ``warnings``; one may break several rules, and two
    may break one together. They are kept on record; the next schedule moves or drops them.
    """

    inserted: Mapping[str, int]
    updated: Mapping[str, int]
    broken: int
    warnings: tuple[Finding, ...]

    @property
    def changed(self) -> bool:
        """Whether the record knows anything that it did not know before."""
        return any(self.inserted.values()) or any(self.updated.values())


def import_folder(db: str, folder: Path, *, now: datetime, who: str) -> Imported:
    """Merge the folder into the record. ``ExchangeFaults`` with every fault, if there is any."""
    with writing(db) as session:
        changes = save_network(session, read_folder(folder, load_exchange(session)), now=now)
        warnings, broken = _judge(session)
        imported = Imported(changes.inserted, changes.updated, broken, warnings)
        if imported.changed:
            counts = {"inserted": dict(changes.inserted), "updated": dict(changes.updated)}
            record(session, now, who, "import", folder.name, None, counts)
    return imported


def _judge(session: Session) -> tuple[tuple[Finding, ...], int]:
    """Every rule that a promise breaks, and how many promises do; region by region."""
    settings, warnings, broken = load_settings(session), list[Finding](), 0
    for where in each_within(find_regions(session)):
        network = load_network(session, where)
        found = broken_promises(network, settings)
        warnings += found
        broken += _promises_in(found, network)
    return tuple(warnings), broken


def _promises_in(findings: Iterable[Finding], network: Network) -> int:
    """How many promises the findings name; they may name past appointments as well."""
    named = {key for finding in findings for key in finding.appointment_ids}
    return sum(
        it.appointment_id in named and it.status is AppointmentStatus.BOOKED
        for it in network.appointments
    )
