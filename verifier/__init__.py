"""The second opinion: judges a schedule from the exchange data alone.

Standard library only, and no code in common with the engine, so that one mistake can't
be made twice. ``python -m verifier DIR`` runs it on a folder of CSV files.
"""

from verifier.findings import Finding, Report, UnreadableError
from verifier.judge import verify
from verifier.planning import Planning
from verifier.points import PARTS
from verifier.rules import RULES
from verifier.tables import Row, Tables

__all__ = [
    "PARTS",
    "RULES",
    "Finding",
    "Planning",
    "Report",
    "Row",
    "Tables",
    "UnreadableError",
    "verify",
]
