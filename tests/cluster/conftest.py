"""One cluster of two workers for all tests of a process; each test leaves it as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster.machines import Machines, machines


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with machines(tmp_path_factory.mktemp("cluster")) as running:
        yield running
