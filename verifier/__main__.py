"""``python -m verifier DIR``: judge a folder of CSV files, without anything else installed.

Exit code 0 where every rule is kept, 1 on findings, 2 where the input can't be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from verifier import Planning, Report, UnreadableError, verify
from verifier.reading import read_folder, read_schedule

KEPT = 0
BROKEN = 1
UNREADABLE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.start is None and (options.weeks, options.as_of) != (None, None):
        parser.error("--weeks and --as-of need --from. Maybe --from 2027-03-01?")
    try:
        facts = read_folder(options.folder)
        schedule = read_schedule(options.schedule) if options.schedule else None
        report = verify(facts, schedule, planning=_planning(options))
    except UnreadableError as error:
        sys.stderr.write("\n".join(error.faults) + "\n")
        return UNREADABLE
    except ValueError as error:  # of the planning: a horizon that can't be
        sys.stderr.write(f"{error}\n")
        return UNREADABLE
    sys.stdout.write((_json(report) if options.json else _text(report)) + "\n")
    return KEPT if report.ok else BROKEN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m verifier",
        description="Judge the appointments of an exchange folder by every rule. "
        "With --from and --weeks, judge what was planned for these weeks and count its points.",
        epilog="Exit code: 0 every rule is kept, 1 findings, 2 the input can't be read.",
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="the exchange folder")
    parser.add_argument(
        "--schedule", type=Path, metavar="FILE", help="appointments to judge, instead of DIR's"
    )
    parser.add_argument(
        "--from", dest="start", type=_date, metavar="DATE", help="the horizon's first Monday"
    )
    parser.add_argument("--weeks", type=int, metavar="N", help="weeks of the horizon (6)")
    parser.add_argument(
        "--as-of", type=_date, metavar="DATE", help="the day of planning (that of --from)"
    )
    parser.add_argument("--grid", type=int, default=15, metavar="N", help="minutes (15)")
    parser.add_argument(
        "--freeze-days", type=int, default=0, metavar="N", help="days kept as promised (0)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date. Maybe 2027-03-01?") from None


def _planning(options: argparse.Namespace) -> Planning | None:
    if options.start is None:
        return None
    return Planning(
        start=options.start,
        weeks=6 if options.weeks is None else options.weeks,
        as_of=options.as_of or options.start,
        grid=options.grid,
        freeze_days=options.freeze_days,
    )


def _json(report: Report) -> str:
    return json.dumps({"ok": report.ok, **asdict(report)}, indent=2, ensure_ascii=False)


def _text(report: Report) -> str:
    lines = [f"{finding.rule}: {finding.message}" for finding in report.findings]
    count = len(lines)
    lines.append(f"{count} finding{'s' * (count != 1)}." if lines else "Every rule is kept.")
    if report.in_scope:
        parts = ", ".join(f"{name} {points}" for name, points in report.parts.items() if points)
        lines.append(
            f"{report.booked} of {report.in_scope} sessions booked, {report.points} points"
            f"{f' ({parts})' if parts else ''}, {report.stake} at stake."
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
