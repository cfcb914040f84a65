"""Addresses and certificates: refused before anything is sent, and without telling a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.cluster.address import Address, ClusterError, cluster_of
from tests.cluster.machines import certify


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("tls://scheduler.example:8790", "tls://scheduler.example:8790"),
        ("tls://scheduler.example", "tls://scheduler.example:8786"),
        ("tls://[fd00::1]:8790/", "tls://[fd00::1]:8790"),
        ("tcp://127.0.0.1:8790", "tcp://127.0.0.1:8790"),
        ("tcp://[::1]", "tcp://[::1]:8786"),
        ("tcp://localhost:1", "tcp://localhost:1"),
    ],
)
def test_an_address_is_read(text: str, address: str) -> None:
    assert str(Address.of(text)) == address


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "can't be read"),
        ("scheduler.example:8786", "can't be read|more than a host"),
        ("http://scheduler.example", "can't be read"),
        ("tls://", "can't be read"),
        ("tls://scheduler.example:0", "can't be read"),
        ("tls://scheduler.example:99999", "can't be read"),
        ("tls://scheduler.example:8786/status", "more than a host and a port"),
        ("tcp://scheduler.example:8786", "in the clear to another machine. Maybe tls://sched"),
        ("tcp://10.0.0.7", "in the clear to another machine"),
        ("tcp://127.0.0.1.example", "in the clear to another machine"),
    ],
)
def test_what_is_no_address_is_refused(text: str, fault: str) -> None:
    with pytest.raises(ClusterError, match=fault):
        Address.of(text)


@pytest.mark.parametrize(
    "text",
    [
        "tls://mia:s3cret@scheduler.example:8786",
        "tls://s3cret@scheduler.example",
        "tcp://mia:s3cret@scheduler.example",
        "tls://scheduler.example?password=s3cret",
        "mia:s3cret@scheduler.example",
        "tls://mia:s3cret@scheduler.example:port",
    ],
)
def test_a_password_in_an_address_is_not_repeated(text: str) -> None:
    with pytest.raises(ClusterError) as refusal:
        Address.of(text)
    assert "s3cret" not in str(refusal.value)


def test_all_missing_certificates_are_named(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="without --cluster-ca and --cluster-key there is none"):
        cluster_of("tls://scheduler.example", None, tmp_path / "cert.pem", None)


def test_loopback_needs_no_certificate() -> None:
    assert cluster_of("tcp://127.0.0.1", None, None, None).papers is None


def test_all_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    papers = certify(tmp_path)
    none, folder = tmp_path / "none.pem", tmp_path
    with pytest.raises(ClusterError) as refusal:
        cluster_of("tls://scheduler.example", papers.authority, none, folder)
    assert f"the file {str(none)!r} can't be read: No such file" in str(refusal.value)
    assert f"the file {str(folder)!r} can't be read: Is a directory" in str(refusal.value)


def test_exchanged_files_and_anothers_key_are_refused(tmp_path: Path) -> None:
    papers, others = certify(tmp_path / "ours"), certify(tmp_path / "others")
    for files in (
        (papers.authority, papers.key, papers.certificate),
        (papers.authority, papers.certificate, others.key),
        (papers.key, papers.certificate, papers.key),
    ):
        with pytest.raises(ClusterError, match="Maybe two are exchanged") as refusal:
            cluster_of("tls://scheduler.example", *files)
        assert "PRIVATE" not in str(refusal.value)


def test_a_key_with_a_password_is_refused_rather_than_asked_for(tmp_path: Path) -> None:
    papers = certify(tmp_path, password=b"s3cret")
    files = (papers.authority, papers.certificate, papers.key)
    with pytest.raises(ClusterError, match=r"the key has a password\? It must have none"):
        cluster_of("tls://scheduler.example", *files)
