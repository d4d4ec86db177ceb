"""How requests to an endpoint are opened: its URL, its login and its redirects."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from http.client import HTTPResponse
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


def opener_for(url: str) -> OpenerDirector:
    """Return what opens requests to an endpoint, with the login that the environment gives.

    The login is given only to this URL and what lies below it, and only when asked for.
    """
    opener = build_opener(_Redirects, _Answers)
    if user := os.environ.get(USER):
        logins = HTTPPasswordMgrWithDefaultRealm()
        logins.add_password(None, url, user, os.environ.get(PASSWORD, ""))
        opener.add_handler(_Digest(logins))
        opener.add_handler(_Basic(logins))
    return opener


class _Redirects(HTTPRedirectHandler):
    """Follows redirects, unless the query would be lost or lose its encryption on the way."""

    def redirect_request(self, req: Request, *found: Any) -> Request | None:
        scheme = urlsplit(str(found[-1])).scheme
        if req.data is not None or scheme not in {"https", req.type}:
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
