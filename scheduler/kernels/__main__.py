"""``python -m scheduler.kernels``: compile everything now, so that nobody waits for it later."""

from __future__ import annotations

from scheduler.compiled import compile_once
from scheduler.warm_up import warm_up

if __name__ == "__main__":
    compile_once(warm_up)
