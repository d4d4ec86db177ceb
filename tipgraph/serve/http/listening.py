"""A socket to serve at, and the server that answers there."""

from __future__ import annotations

import errno
import socket
from typing import Any

import uvicorn
from starlette.applications import Starlette

from tipgraph.errors import UsageError

WAITING = 2048
"""Connections that may wait to be taken."""
GRACE = 2
"""Seconds in which answers that are under way may still be given when the server stops."""
OF_THE_PORT = frozenset({errno.EADDRINUSE, errno.EACCES, errno.EPERM})
"""Why a port can't be had at a host that is there."""


def server_of(app: Starlette, log: dict[str, Any] | None = None) -> uvicorn.Server:
    """Return the server of an application; `log` configures its logging."""
    config = uvicorn.Config(
        app, log_config=log, server_header=False, timeout_graceful_shutdown=GRACE
    )
    return uvicorn.Server(config)


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at a host and port; raise UsageError where it can't.

    It says that it is TCP, or else asyncio would leave small answers waiting for more.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
        family, kind, protocol, _, address = found[0]
        return _bound(family, kind, protocol, address)
    except (OSError, UnicodeError, ValueError) as error:
        why = getattr(error, "strerror", None) or "is no host"
        other = "--port" if getattr(error, "errno", None) in OF_THE_PORT else "--host"
        raise UsageError(
            f"can't listen at {host} port {port}: {why}; try another {other}"
        ) from None


def _bound(family: int, kind: int, protocol: int, address: Any) -> socket.socket:
    bound = socket.socket(family, kind, protocol)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(WAITING)
    except OSError:
        bound.close()
        raise
    return bound


def address_at(bound: socket.socket) -> str:
    """Return the address of what is served at a socket, without a slash at its end."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
