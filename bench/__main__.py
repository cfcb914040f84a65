"""Compare: ``python -m bench`` runs everybody on everything and writes ``docs/benchmarks.md``.

``python -m bench run --peer cpsat --instance portland`` does a part of it, ``python -m bench page``
writes the page from what was measured, and ``python -m bench scale`` plans a hundred clinics.
"""

from __future__ import annotations

import argparse

from bench.page import write_page
from bench.page.tables import WrongBoundError
from bench.peers.everybody import INSTANCES, PEERS
from bench.running import left_of, measure, minutes_for, runs_of
from bench.scale import measure_scale


def main() -> None:
    """Do what the command line says."""
    given = _parser().parse_args()
    if given.what == "scale":
        measure_scale(given.regions, given.seconds)
    elif given.what != "page":
        _run(given)
    if given.what != "run":
        try:
            write_page()
        except WrongBoundError as error:
            raise SystemExit(f"No page is written: {error}") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m bench")
    _add_runs(parser)
    parts = parser.add_subparsers(dest="what")
    _add_runs(parts.add_parser("run", help="measure, and write no page"))
    parts.add_parser("page", help="write the page from what was measured")
    scale = parts.add_parser("scale", help="plan many regions at once")
    scale.add_argument("--regions", type=int, default=25, help="of four clinics each (25)")
    scale.add_argument("--seconds", type=float, default=170, help="of planning (170)")
    return parser


def _add_runs(parser: argparse.ArgumentParser) -> None:
    names = [peer.name for peer in PEERS]
    parser.add_argument("--peer", action="append", choices=names, help="only this one, or these")
    parser.add_argument(
        "--instance", action="append", choices=[x.name for x in INSTANCES], help="the same"
    )
    parser.add_argument("--seeds", type=int, default=5, help="runs of those who have seeds (5)")
    parser.add_argument("--seconds", type=float, default=60, help="of each run (60)")
    parser.add_argument("--again", action="store_true", help="also what is measured already")


def _run(given: argparse.Namespace) -> None:
    peers = [peer for peer in PEERS if peer.name in (given.peer or [x.name for x in PEERS])]
    chosen = given.instance or [x.name for x in INSTANCES]
    instances = [instance for instance in INSTANCES if instance.name in chosen]
    runs = runs_of(instances, peers, given.seeds)
    left = runs if given.again else list(left_of(runs, given.seconds))
    print(f"{len(runs) - len(left)} of {len(runs)} runs are measured already.", end=" ")
    print(f"The others take about {minutes_for(left, given.seconds):.0f} minutes.", flush=True)
    for run in left:
        instance, peer, seed = run
        print(f"{instance.name}: {peer.title}, seed {seed} ...", end=" ", flush=True)
        result = measure(run, given.seconds)
        for one in result.judged:
            print(f"{one.points:,} after {one.at:g} s", end="; ")
        print(result.failed or "done", flush=True)


if __name__ == "__main__":
    main()
