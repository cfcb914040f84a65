"""Some days of a schedule made anew, one place after the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from scheduler.search import Search


def remake_places(search: Search, times: int = 1) -> None:
    """Have places made anew with no step beside them."""
    with ThreadPoolExecutor(1) as others:
        for _ in range(times):
            search.begin_remake(others)
            search.end_remake()
