"""Drive a Gecko program over its remote control: JSON with its length before it, on a socket."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

PATIENCE = 60
"""Seconds that an answer may take."""

RUN = """
const done = arguments[arguments.length - 1];
const given = Array.from(arguments).slice(0, -1);
(async () => {{ {source}
return await {function}(...given); }})().then(
  (it) => done({{ told: it ?? null }}),
  (fault) => done({{ fault: `${{fault}} ${{fault?.stack ?? ""}}` }})
);
"""


class Marionette:
    """One session with the privileges of the program itself."""

    def __init__(self, port: int, source: str) -> None:
        self._source = source
        self._socket = _connected(port)
        self._stream = self._socket.makefile("rb")
        self._count = 0
        self._read()  # what it speaks
        self._ask("WebDriver:NewSession", {})
        self._ask("Marionette:SetContext", {"value": "chrome"})
        self._ask("WebDriver:SetTimeouts", {"script": PATIENCE * 1000})

    def call(self, function: str, *given: Any) -> Any:
        """Call a function of the source and return what it resolves to.

        AssertionError with the program's own words where it throws.
        """
        script = RUN.format(source=self._source, function=function)
        answer = self._ask(
            "WebDriver:ExecuteAsyncScript",
            {"script": script, "args": list(given), "newSandbox": True, "sandbox": "system"},
        )
        told = answer["value"]
        assert "fault" not in told, f"{function}: {told['fault']}"
        return told["told"]

    def quit(self) -> None:
        """Let the program end, and close the line to it."""
        self._ask("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._stream.close()
        self._socket.close()

    def _ask(self, command: str, parameters: dict[str, Any]) -> Any:
        self._count += 1
        message = json.dumps([0, self._count, command, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, number, fault, answer = self._read()
        assert (number, fault) == (self._count, None), f"{command}: {fault}"
        return answer

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            character = self._stream.read(1)
            assert character, "the program has hung up"
            length += character
        return json.loads(self._stream.read(int(length[:-1])))


def _connected(port: int) -> socket.socket:
    """A line to the program, as soon as it listens."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
