"""No test reaches beyond this machine: connections go to loopback or a Unix socket, or fail with a plain word."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


class NetworkRefused(RuntimeError):
    """A test tried to reach another machine."""


def _check(address: Any) -> None:
    if not isinstance(address, tuple):
        return  # a Unix socket's path
    host = str(address[0])
    if host in {"localhost", ""}:
        return
    try:
        if ipaddress.ip_address(host).is_loopback:
            return
    except ValueError:
        pass
    raise NetworkRefused(f"Tests stay on this machine; this one tried to reach {host}.")


def _guarded_connect(self: socket.socket, address: Any) -> None:
    _check(address)
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    _check(address)
    return _connect_ex(self, address)


def pytest_configure(config: pytest.Config) -> None:
    """Put the guard before every socket."""
    socket.socket.connect = _guarded_connect  # type: ignore[assignment, method-assign]  # for the tests
    socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[assignment, method-assign]  # for the tests


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the guard away."""
    socket.socket.connect = _connect  # type: ignore[method-assign]  # as it was
    socket.socket.connect_ex = _connect_ex  # type: ignore[method-assign]  # as it was
