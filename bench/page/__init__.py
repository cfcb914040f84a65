"""``docs/benchmarks.md`` and its pictures, from what is kept in ``bench/results/``."""

from bench.page.writing import write_page

__all__ = ["write_page"]
