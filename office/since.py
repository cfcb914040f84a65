"""What is otherwise today than when a run was made."""

from __future__ import annotations

from models.schedule import RunRecord
from office.order import fingerprint, fingerprint_of_region
from scheduler.facts import Network
from scheduler.problem import Problem
from scheduler.settings import Settings


def changed_since(run: RunRecord, network: Network, settings: Settings) -> tuple[str, ...]:
    """One sentence for each thing that changed since the run and that rules look at."""
    sentences = []
    if run.grid != settings.grid:
        sentences.append(
            f"The draft was made on a grid of {run.grid} minutes and the setting is now "
            f"{settings.grid}."
        )
    if run.freeze_days != settings.freeze_days:
        sentences.append(
            f"The draft was made with a freeze window of {run.freeze_days} days and the setting "
            f"is now {settings.freeze_days}."
        )
    # By the settings of that day: what differs then is nothing but the facts.
    then = Problem(network, run.horizon, run.as_of, run.settings)
    # Runs of older versions fingerprinted all regions as one.
    if run.fingerprint not in {fingerprint(then), fingerprint_of_region(then)}:
        sentences.append("Facts on record have changed since the draft was made.")
    return tuple(sentences)
