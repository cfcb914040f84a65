"""Make a network: ``python -m bench.networks DIR --regions 25 --seed 1 [--start 2027-02-22]``."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from bench.networks.folder import write_network

FIRST_MONDAY = date(2027, 2, 22)


def main() -> None:
    """Write the folder and say how much is in it."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m bench.networks")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the CSV files go")
    parser.add_argument("--regions", type=int, default=1, help="of four clinics each (1)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same files (1)")
    parser.add_argument(
        "--start",
        type=date.fromisoformat,
        default=FIRST_MONDAY,
        metavar="DATE",
        help=f"the Monday from which is planned ({FIRST_MONDAY})",
    )
    given = parser.parse_args()
    try:
        written = write_network(given.folder, given.regions, given.seed, given.start)
    except ValueError as error:
        parser.error(str(error))
    for name, rows in written.items():
        print(f"{rows:>9,}  {name}")


if __name__ == "__main__":
    main()
