"""Machines of a cluster: Dask's scheduler and workers as processes of their own, with TLS."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scheduler.cluster.address import Cluster, Papers, cluster_of

ROOT = Path(__file__).parents[2]
QUIET = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")


def certify(folder: Path, *, days: int = 2, password: bytes | None = None) -> Papers:
    """An authority of its own, and the certificate and key that it made for all machines."""
    folder.mkdir(parents=True, exist_ok=True)
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _certificate("authority", authority_key, "authority", authority_key, days)
    certificate = _certificate("machine", key, "authority", authority_key, days)
    locked: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if password is not None:
        locked = serialization.BestAvailableEncryption(password)
    papers = Papers(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")
    papers.authority.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    papers.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    papers.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked)
    )
    return papers


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    days: int,
) -> x509.Certificate:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now - timedelta(days=1) + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=name == issuer, path_length=None), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )


def options(papers: Papers) -> tuple[str, ...]:
    """Those of ``careweave schedule``."""
    return (
        *("--cluster-ca", str(papers.authority), "--cluster-cert", str(papers.certificate)),
        *("--cluster-key", str(papers.key)),
    )


@dataclass
class Machines:
    """A scheduler and its workers, which write their logs into ``folder``.

    ``failures`` are how many deaths of its workers a task survives; 3 is Dask's own. ``before``
    goes in front of each command: what puts it onto its machine.
    """

    folder: Path
    papers: Papers
    failures: int = 3
    address: str = ""
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def cluster(self) -> Cluster:
        """What a crew is made of."""
        papers = self.papers
        return cluster_of(self.address, papers.authority, papers.certificate, papers.key)

    def start_scheduler(
        self,
        host: str = "127.0.0.1",
        before: Sequence[str] = (),
        program: Sequence[str] = ("-m", "dask"),
    ) -> None:
        """Start it on a free port, and wait until it listens."""
        told = self.folder / "scheduler.json"
        self.scheduler = self._start(
            *("scheduler", "--host", f"tls://{host}:0", "--scheduler-file", str(told)),
            before=before,
            program=program,
        )
        until(lambda: told.exists() and bool(told.read_text()))  # it is there before it is written
        self.address = json.loads(told.read_text())["address"]

    def start_worker(
        self,
        *more: str,
        before: Sequence[str] = (),
        program: Sequence[str] = ("-m", "dask"),
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start one; it comes when it comes."""
        threads = () if "--nthreads" in more else ("--nthreads", "1")
        nanny = () if "--nanny" in more else ("--no-nanny",)
        there = ("--local-directory", str(self.folder))
        arguments = ("worker", self.address, *threads, *nanny, *there, *more)
        worker = self._start(*arguments, before=before, program=program, environment=environment)
        self.workers.append(worker)
        return worker

    def _start(
        self,
        *arguments: str,
        before: Sequence[str] = (),
        program: Sequence[str] = ("-m", "dask"),
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        papers = self.papers
        tls = (
            *("--tls-ca-file", papers.authority),
            *("--tls-cert", papers.certificate),
            *("--tls-key", papers.key),
        )
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [*before, sys.executable, *program, *arguments, *QUIET, *map(str, tls)],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={**os.environ, **self._environment(), **(environment or {})},
                start_new_session=True,  # another machine hears nothing of this one's Ctrl-C
            )

    def _environment(self) -> dict[str, str]:
        allowed = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(self.failures)}
        return {"PYTHONPATH": str(ROOT), **allowed}

    @property
    def log(self) -> Path:
        """What all of them say."""
        return self.folder / "log"

    def stop(self) -> None:
        """End all of them, the workers first."""
        for process in (*self.workers, self.scheduler):
            if process is not None and process.poll() is None:
                process.terminate()
                try:
                    process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


@contextmanager
def machines(folder: Path, workers: int = 2, failures: int = 3) -> Iterator[Machines]:
    """A cluster on this machine, stopped at the end."""
    cluster = Machines(folder, certify(folder), failures)
    try:
        cluster.start_scheduler()
        for _ in range(workers):
            cluster.start_worker()
        until(lambda: cluster.log.read_text().count("Register worker addr") >= workers)
        yield cluster
    finally:
        cluster.stop()


def until(there: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for something that takes a moment."""
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
