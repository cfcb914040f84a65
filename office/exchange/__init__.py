"""The exchange folder: a clinic network as CSV files, read and written.

A folder that was written reads as the same network, and writes as the same bytes.
"""

from office.exchange.faults import ExchangeError, ExchangeFaults, Fault
from office.exchange.reader import read_folder, read_tables
from office.exchange.writer import tables_of, write_folder

__all__ = [
    "ExchangeError",
    "ExchangeFaults",
    "Fault",
    "read_folder",
    "read_tables",
    "tables_of",
    "write_folder",
]
