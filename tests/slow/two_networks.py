"""Two machines that only a cable joins: a cluster across two network namespaces.

``python -m tests.slow.two_networks`` prints what it saw and fails where something does not hold;
``make cluster`` runs it. It needs root, for the namespaces, and ``ip`` of iproute2. Here are
Careweave and the scheduler, there are the workers. All that goes through the cable is kept, to see
that nothing of it can be read. The last run has the cable cut.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from models.store import upgrade
from office.exchange import read_folder
from office.import_folder import import_folder
from tests.cluster.machines import ROOT, Machines, certify, options, until
from tests.office.clinic import NOW

HERE, THERE = f"cw-here-{os.getpid()}", f"cw-there-{os.getpid()}"
ADDRESSES = {HERE: "10.213.77.1", THERE: "10.213.77.2"}
WEEK = ("--from", "2027-02-22", "--weeks", "1", "--as-of", "2027-02-20", "--fresh")

LISTEN = """
import socket, sys
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
with open(sys.argv[1], "wb", buffering=0) as file:
    while True:
        file.write(wire.recv(65535))
"""


def ip(*arguments: str) -> None:
    """Run ``ip``; what it says is shown where it fails."""
    subprocess.run(["ip", *arguments], check=True)


def on(machine: str) -> tuple[str, ...]:
    """What puts a command onto a machine."""
    return ("ip", "netns", "exec", machine)


@contextmanager
def two_machines() -> Iterator[None]:
    """Two namespaces with a cable between them, which are gone at the end."""
    with ExitStack() as stack:
        for machine in ADDRESSES:
            ip("netns", "add", machine)
            stack.callback(ip, "netns", "del", machine)
        ends = zip(("cw0", "cw1"), ADDRESSES, strict=True)
        ip("-n", HERE, "link", "add", "cw0", "type", "veth", "peer", "cw1", "netns", THERE)
        for end, machine in ends:
            ip("-n", machine, "address", "add", f"{ADDRESSES[machine]}/24", "dev", end)
            for device in (end, "lo"):
                ip("-n", machine, "link", "set", device, "up")
        yield


@dataclass(frozen=True)
class Office:
    """Where Careweave runs, with a database of the demo's clinics."""

    db: str
    cluster: Machines

    def command(self, *order: str, there: bool = True) -> list[str]:
        """``careweave schedule`` here, working there or here."""
        program = [sys.executable, "-c", "from cli.main import main; main()", "--db", self.db]
        far = ("--cluster", self.cluster.address, *options(self.cluster.papers)) if there else ()
        return [*on(HERE), *program, "schedule", *WEEK, *order, *far]

    def draft(self, folder: Path, *, there: bool) -> dict[str, bytes]:
        """The files of the draft that two rounds give, here or there."""
        begun = time.monotonic()
        subprocess.run(self.command("--rounds", "2", there=there), check=True, cwd=ROOT)
        click.echo(f"  {'there' if there else 'here'}: {time.monotonic() - begun:.1f} s")
        export = "from cli.main import main; main()", "--db", self.db, "export", "--draft"
        subprocess.run([sys.executable, "-c", *export, str(folder)], check=True, cwd=ROOT)
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    def begin(self) -> subprocess.Popen[str]:
        """A long run there, of which the first schedule was heard."""
        process = subprocess.Popen(
            self.command("--seconds", "300"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert process.stderr is not None
        line = process.stderr.readline()
        assert "booked" in line, line
        return process


def end_of(process: subprocess.Popen[str], code: int, words: str, within: float) -> None:
    """See how a run ends, and how soon."""
    begun = time.monotonic()
    _, said = process.communicate(timeout=within)
    assert process.returncode == code, said
    assert words in said, said
    assert "Traceback" not in said, said
    click.echo(f"  after {time.monotonic() - begun:.1f} s: {said.splitlines()[-1]}")


def workers_come(cluster: Machines, number: int) -> None:
    """Start workers there."""
    known = cluster.log.read_text().count("Register worker addr")
    for _ in range(number):
        cluster.start_worker(before=on(THERE))
    until(lambda: cluster.log.read_text().count("Register worker addr") == known + number)


def unreadable(wire: Path) -> None:
    """See that what went through the cable tells neither names nor what it is about."""
    network = read_folder(ROOT / "demo" / "portland")
    heard = wire.read_bytes()
    texts = {client.name for client in network.clients} | {
        plan.plan_id for plan in network.care_plans
    }
    texts |= {"careweave", "scheduler.", "therapist", "update-graph", "heartbeat"}
    found = {text for text in texts if len(text) > 3 and text.encode() in heard}
    assert len(heard) > 100_000, len(heard)
    assert not found, found
    click.echo(f"  {len(heard):,} bytes, and none of {len(texts):,} words in them")


def trials(folder: Path, office: Office) -> None:
    """One thing after another that must hold."""
    cluster = office.cluster
    click.echo("The same draft as on one machine:")
    here = office.draft(folder / "here", there=False)
    assert here == office.draft(folder / "there", there=True)
    click.echo("What went through the cable:")
    unreadable(folder / "wire")
    click.echo("A worker is killed, then Ctrl-C:")
    process = office.begin()
    cluster.workers.pop().kill()
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    end_of(process, 130, "the best so far is saved as the draft", within=60)
    workers_come(cluster, 1)
    click.echo("The cable is cut for good, with all workers behind it, then Ctrl-C:")
    process = office.begin()
    ip("-n", HERE, "link", "set", "cw0", "down")
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    end_of(process, 2, "Nothing was changed", within=120)


def main() -> None:
    """Run all trials."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        sys.exit("two networks need root and iproute2's ip. Maybe: sudo make cluster")
    with tempfile.TemporaryDirectory() as name, two_machines():
        folder = Path(name)
        db = folder / "careweave.db"
        upgrade(str(db))
        import_folder(str(db), ROOT / "demo" / "portland", now=NOW, who="mia")
        cluster = Machines(folder, certify(folder))
        listener = subprocess.Popen(
            [*on(THERE), sys.executable, "-c", LISTEN, str(folder / "wire")]
        )
        try:
            cluster.start_scheduler(ADDRESSES[HERE], before=on(HERE))
            workers_come(cluster, 2)
            trials(folder, Office(str(db), cluster))
        finally:
            listener.terminate()
            listener.wait()
            cluster.stop()
    click.echo("All of it holds.")


if __name__ == "__main__":
    main()
