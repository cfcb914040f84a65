"""Who does the work of a plan: processes of this machine, or the workers of a cluster."""

from __future__ import annotations

from contextlib import AbstractContextManager

from scheduler.cluster.address import Cluster
from scheduler.crew import Crew
from scheduler.local_crews import local_crew


def crew_on(cluster: Cluster | None, processes: int) -> AbstractContextManager[Crew]:
    """The crew, to be used by ``with``; without a cluster, so many processes of this machine.

    ``ClusterError`` if the cluster can't be used.
    """
    if cluster is None:
        return local_crew(processes)
    from scheduler.cluster.crew import ClusterCrew  # noqa: PLC0415 - only who asks for it waits

    return ClusterCrew(cluster)
