"""The way to a cluster: knock, come in, and see that everybody there works as we do.

Whatever is wrong is found within seconds, before anything is read or changed.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import ssl
import warnings
from collections.abc import Coroutine, Mapping
from typing import TYPE_CHECKING, Any

from scheduler.cluster.address import Cluster, ClusterError
from scheduler.cluster.work import edition

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 5.0
"""Seconds to wait for an answer of the cluster."""

WARMING_UP = 25.0
"""Seconds to wait for workers that load the engine for the first time."""

_SHOWN = 4
"""So many workers are named; of the others, how many they are."""


def connect(cluster: Cluster) -> tuple[Client, int]:
    """A client of the cluster, and how many workers there are, each with one thread.

    Raises:
        ClusterError: if the extra is missing here, the scheduler can't be reached or does not know
            our certificate, there are no workers, or some can't do our work.
    """
    try:
        import distributed  # noqa: F401, PLC0415 - is it there?
    except ImportError:
        raise ClusterError(
            "--cluster needs an extra that is not installed. Maybe pip install '.[cluster]'?"
        ) from None
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # we say ourselves what is wrong
    _knock(cluster)
    client = _come_in(cluster)
    try:
        return client, _look_around(client, cluster)
    except BaseException:
        client.close(timeout=1)
        raise


def _knock(cluster: Cluster) -> None:
    """See who answers, without Dask, which tries for long and says little."""
    address, papers = cluster.address, cluster.papers
    try:
        with socket.create_connection((address.host, address.port), PATIENCE) as plain:
            if papers is not None:
                with papers.context().wrap_socket(plain) as channel:
                    channel.recv(1)  # a scheduler that refuses our certificate says so only here
    except socket.gaierror:
        raise ClusterError(
            f"there is no machine {address.host!r}. Maybe the name in {address} is misspelt?"
        ) from None
    except TimeoutError:
        raise ClusterError(
            f"{address} does not answer. Maybe it is another port, or a firewall is in between?"
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise ClusterError(
            f"{address} has no certificate that {str(papers and papers.authority)!r} vouches for: "
            f"{error.verify_message}. Maybe it is another cluster's?"
        ) from None
    except ssl.SSLError as error:
        raise ClusterError(_refused(cluster, error)) from None
    except OSError as error:
        raise ClusterError(
            f"{address} can't be reached: {error.strerror or 'it hung up'}. Maybe start the "
            "scheduler there with: dask scheduler?"
        ) from None


def _refused(cluster: Cluster, error: ssl.SSLError) -> str:
    reason = (error.reason or "it hung up").lower().replace("_", " ")
    if "alert" in reason and cluster.papers is not None:
        return (
            f"{cluster.address} does not accept our certificate "
            f"{str(cluster.papers.certificate)!r}: {reason}. Maybe it was made for another "
            "cluster, or is out of date?"
        )
    return f"{cluster.address} does not talk TLS: {reason}. Maybe it is another port?"


def _come_in(cluster: Cluster) -> Client:
    from distributed import Client, Security  # noqa: PLC0415 - an extra

    papers = cluster.papers
    security = Security(
        require_encryption=papers is not None,
        tls_ca_file=papers and str(papers.authority),
        tls_client_cert=papers and str(papers.certificate),
        tls_client_key=papers and str(papers.key),
    )
    try:
        with warnings.catch_warnings(action="ignore"):  # versions are compared below
            return Client(
                str(cluster.address), security=security, timeout=PATIENCE, set_as_default=False
            )
    except (OSError, TimeoutError, ImportError) as error:
        raise ClusterError(
            f"{cluster.address} answers, but not as a Dask scheduler that takes us in "
            f"({type(error).__name__}). Maybe it is another program's port, or its Dask is much "
            "older or newer than ours?"
        ) from None


def _look_around(client: Client, cluster: Cluster) -> int:
    """How many workers there are, once all of them were found fit.

    Raises:
        ClusterError: with what is wrong with each.
    """
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise ClusterError(
            f"{cluster.address} has no workers. Maybe start some with: "
            f"dask worker {cluster.address} --nthreads 1?"
        ) from None
    at_scheduler, at_workers = _editions(client, cluster)
    faults = [
        *_faults("the scheduler", at_scheduler),
        *(fault for name, told in at_workers.items() for fault in _faults(f"worker {name}", told)),
        *_crowded(client),
    ]
    if faults:
        more = f"; and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise ClusterError(
            f"not everybody at {cluster.address} can do our work: {'; '.join(faults[:_SHOWN])}"
            f"{more}. Maybe install the same Careweave, with its constraints.txt, on all machines, "
            "and start them again?"
        )
    return len(at_workers)


def _editions(client: Client, cluster: Cluster) -> tuple[object, Mapping[str, object]]:
    """What the scheduler and each worker say of their edition; an exception if they can't."""
    try:
        at_scheduler = _answer(client, client.run_on_scheduler(edition, asynchronous=True))
    except TimeoutError:
        raise ClusterError(f"{cluster.address} stopped answering. Maybe try again?") from None
    except Exception as error:  # noqa: BLE001 - whatever it can't do there is what we report
        at_scheduler = error
    try:
        asked = client.run(edition, on_error="return", asynchronous=True)
        return at_scheduler, _answer(client, asked)
    except TimeoutError:
        raise ClusterError(
            f"some worker of {cluster.address} does not answer. Maybe its machine hangs: end that "
            "worker, or wait a minute until the scheduler gives it up?"
        ) from None


def _answer(client: Client, question: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - any
    """What is answered to a question, or ``TimeoutError``."""
    loop: Any = client.loop
    return asyncio.run_coroutine_threadsafe(question, loop.asyncio_loop).result(WARMING_UP)


def _faults(name: str, told: object) -> list[str]:
    # Dask passes some exceptions on as their text alone.
    if lacking := re.search(r"No module named '([^']+)'", str(told)):
        package = lacking[1].partition(".")[0]
        return [f"{name} lacks {'Careweave' if package == 'scheduler' else package}"]
    if not isinstance(told, dict):
        return [f"{name} can't say what is installed ({type(told).__name__})"]
    ours = edition()
    others = [
        f"{what} {told.get(what)} where we have {version}"
        for what, version in ours.items()
        if told.get(what) != version
    ]
    return [f"{name} has {', '.join(others)}"] if others else []


def _crowded(client: Client) -> list[str]:
    """Workers with several threads: they would get in each other's way within one process."""
    workers = client.scheduler_info(n_workers=-1)["workers"]
    return [
        f"worker {name} has {worker['nthreads']} threads (with --nthreads 1 --nworkers "
        f"{worker['nthreads']} it has as many processes)"
        for name, worker in workers.items()
        if worker["nthreads"] != 1
    ]
