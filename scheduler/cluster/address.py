"""Which cluster, and who we are to it: an address and the files of a certificate."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

DASK_PORT = 8786
"""Where a Dask scheduler listens unless told otherwise."""

_EXAMPLE = "tls://scheduler.example:8786"


class ClusterError(RuntimeError):
    """A cluster that can't be used, or went away; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a cluster's scheduler listens, and whether everything goes through TLS."""

    host: str
    port: int
    encrypted: bool

    @classmethod
    def of(cls, text: str) -> Address:
        """Read ``tls://HOST:PORT``; the port may be left out.

        Raises:
            ClusterError: for anything else, without showing what may hold a password.
        """
        try:
            url = urlsplit(text)
            port = DASK_PORT if url.port is None else url.port
        except ValueError:
            raise _unreadable() from None
        if url.username is not None or url.path.strip("/") or url.query or url.fragment:
            raise ClusterError(
                "the cluster's address holds more than a host and a port, such as a user or a "
                f"path. Maybe {_EXAMPLE}?"
            )
        if url.scheme not in {"tls", "tcp"} or not url.hostname or port == 0:
            raise _unreadable()
        address = cls(url.hostname, port, encrypted=url.scheme == "tls")
        if not address.encrypted and not _is_loopback(address.host):
            raise ClusterError(
                f"{address} would send facts about clients in the clear to another machine. "
                f"Maybe {cls(address.host, port, encrypted=True)} with certificates?"
            )
        return address

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'tls' if self.encrypted else 'tcp'}://{host}:{self.port}"


def _unreadable() -> ClusterError:
    # The address is not repeated: it may hold a password.
    return ClusterError(
        "the cluster's address can't be read: it begins with tls:// or tcp://, and its port is a "
        f"number up to 65,535. Maybe {_EXAMPLE}?"
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Papers:
    """By what the machines of a cluster know one another; all three are PEM files.

    ``authority`` is the certificate of who signed for every machine of the cluster, ``certificate``
    what it signed for us, and ``key`` the private key of that.
    """

    authority: Path
    certificate: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """How we trust and show ourselves, as Dask does it: by the authority, not by host names.

        Raises:
            ClusterError: with every file that can't be read, or if they don't go together.
        """
        faults = list(self._unread())
        if faults:
            raise ClusterError("; ".join(faults) + ". Maybe other paths?")
        try:
            context = ssl.create_default_context(cafile=self.authority)
            context.check_hostname = False
            context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # newer Pythons' own is stricter
            context.load_cert_chain(self.certificate, self.key, password=_no_password)
        except (OSError, ValueError):  # its own words are those of OpenSSL, which help nobody
            raise ClusterError(
                f"{str(self.authority)!r}, {str(self.certificate)!r} and {str(self.key)!r} are not "
                "the certificates of an authority and of this machine, and the key of the latter. "
                "Maybe two are exchanged, or the key has a password? It must have none."
            ) from None
        return context

    def _unread(self) -> Iterator[str]:
        for path in (self.authority, self.certificate, self.key):
            try:
                path.read_bytes()
            except OSError as error:
                yield f"the file {str(path)!r} can't be read: {error.strerror}"


def _no_password() -> str:
    """Without it, OpenSSL would ask the terminal."""
    raise ValueError


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster to work on. Without TLS, on this machine alone, there are no papers."""

    address: Address
    papers: Papers | None


def cluster_of(
    text: str, authority: Path | None, certificate: Path | None, key: Path | None
) -> Cluster:
    """The cluster at an address, with the three files that TLS asks for.

    Raises:
        ClusterError: for an address or files that can't be used.
    """
    address = Address.of(text)
    if not address.encrypted:
        return Cluster(address, None)
    if authority is None or certificate is None or key is None:
        given = {"--cluster-ca": authority, "--cluster-cert": certificate, "--cluster-key": key}
        missing = " and ".join(option for option, path in given.items() if path is None)
        raise ClusterError(
            f"{address} asks for certificates, and without {missing} there is none to show. "
            "Maybe the PEM files that were made for this machine?"
        )
    papers = Papers(authority, certificate, key)
    papers.context()
    return Cluster(address, papers)
