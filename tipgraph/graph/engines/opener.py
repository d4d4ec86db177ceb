"""How requests to an endpoint are opened: its URL, its login and its redirects."""

from __future__ import annotations

import os
import re
import socket
from contextlib import suppress
from http.client import HTTPResponse
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPErrorProcessor,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from tipgraph.errors import UsageError
from tipgraph.graph.engines.failures import one_line

USER = "TIPGRAPH_ENDPOINT_USER"
PASSWORD = "TIPGRAPH_ENDPOINT_PASSWORD"
NAT64 = IPv6Network("64:ff9b::/96")
"""Addresses that carry an IPv4 address in their last 32 bits (RFC 6052, section 2.1)."""


def checked_url(url: str) -> str:
    """Return the URL of an endpoint; raise UsageError where it is none or has a login in it."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise UsageError(f"'{one_line(url)}' is no URL") from None
    if parts.username is not None or parts.password is not None:
        raise UsageError(f"an endpoint's URL has no login in it; set {USER} and {PASSWORD}")
    is_plain = re.fullmatch(r"[!-~]+", url) and not parts.query and not parts.fragment
    if parts.scheme not in {"http", "https"} or not has_host or not is_plain:
        raise UsageError(f"'{one_line(url)}' is no endpoint's URL, as http://localhost:8890/sparql")
    return url


def opener_for(url: str, is_strict: bool = False) -> OpenerDirector:
    """Return what opens requests to an endpoint, with the login that the environment gives.

    The login is given only to this URL and what lies below it, and only when asked for. Where it
    `is_strict`, no redirect is followed to another server on this machine or a private network.
    """
    opener = build_opener(_Redirects(is_strict), _Answers)
    if user := os.environ.get(USER):
        logins = HTTPPasswordMgrWithDefaultRealm()
        logins.add_password(None, url, user, os.environ.get(PASSWORD, ""))
        opener.add_handler(_Digest(logins))
        opener.add_handler(_Basic(logins))
    return opener


def leads_inside(url: str, asked: str) -> bool:
    """Tell whether a redirect leads to another server that is on this machine or a private network.

    Whoever was asked has no say in what is asked there.
    """
    return _server(url) != _server(asked) and _is_inside(url)


def _server(url: str) -> tuple[str | None, int | None]:
    parts = urlsplit(url)
    return parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _is_inside(url: str) -> bool:
    try:
        found = socket.getaddrinfo(urlsplit(url).hostname or "", None, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError, ValueError):
        return False
    return not all(_is_public(str(each[4][0]).partition("%")[0]) for each in found)


def _is_public(address: str) -> bool:
    reached = _reached(ip_address(address))
    return reached.is_global and not reached.is_multicast


def _reached(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address carries, or else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


class _Redirects(HTTPRedirectHandler):
    """Follows redirects, unless the query would be lost or lose its encryption on the way.

    None is followed from without to this machine or a private network, nor, where `is_strict`, to
    any other server there.
    """

    def __init__(self, is_strict: bool) -> None:
        self._is_strict = is_strict

    def redirect_request(self, req: Request, *found: Any) -> Request | None:
        url = str(found[-1])
        if req.data is not None or urlsplit(url).scheme not in {"https", req.type}:
            return None
        is_free = not self._is_strict and _is_inside(req.full_url)
        if not is_free and leads_inside(url, req.full_url):
            return None
        return super().redirect_request(req, *found)


class _Answers(HTTPErrorProcessor):
    """Closes an answer that only led to another one."""

    def http_response(self, request: Request, response: HTTPResponse) -> Any:
        kept: object = None
        try:
            kept = super().http_response(request, response)
            return kept
        except HTTPError as error:
            kept = error.fp
            raise
        finally:
            if kept is not response:
                response.close()

    https_response = http_response


class _Digest(HTTPDigestAuthHandler):
    """Answers a Digest challenge, and leaves another kind to the next handler."""

    def http_error_401(self, *challenge: Any) -> Any:
        with suppress(ValueError):
            return super().http_error_401(*challenge)


class _Basic(HTTPBasicAuthHandler):
    """Answers a Basic challenge, and leaves another kind to the next handler."""

    def http_error_401(self, *challenge: Any) -> Any:
        with suppress(ValueError):
            return super().http_error_401(*challenge)
