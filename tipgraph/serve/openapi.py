"""The OpenAPI 3.1 description of the server, made from the catalogue of stored questions."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


async def openapi(request: Request) -> Response:
    return JSONResponse({})
