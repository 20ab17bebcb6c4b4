"""What every request passes first and every answer bears: Host, token, methods, size, and the headers of safety."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.problems import RequestError, response
from kg.serve.settings import Settings

BODY_TIME = 30.0
"""Seconds that the body of a request may take to arrive."""
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
POSTED = "/sparql"
"""The one address to which anything is posted."""

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Security:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        # Browsers send a cookie to all ports of a machine: that of another server is not to take its place.
        self.cookie = sha256(f"cookie {settings.token}".encode()).hexdigest()
        self.cookie_name = f"kg-token-{self.cookie[:8]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        trusted = origin if origin and self.settings.knows_origin(origin) else ""

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(raw=message["headers"])
                for name, value in HEADERS.items():
                    found.setdefault(name, value)
                found.add_vary_header("Origin")
                if trusted:
                    found["Access-Control-Allow-Origin"] = trusted
                    found["Access-Control-Expose-Headers"] = "Kg-More, Retry-After"
                message = {**message, "headers": found.raw}
            await send(message)

        try:
            refused = self._refused(scope, headers)
        except RequestError as problem:
            refused = response(problem)
        if refused is None and scope["method"] == "OPTIONS":
            refused = _preflight(scope["path"])
        if refused is not None:
            await refused(scope, receive, secured)
            return
        bounded = _Body(receive, self.settings.body_limit)
        try:
            await self.app(_plain(scope, self.settings.root), bounded, secured)
        except RequestError as problem:  # raised by the body, in code that knows nothing of it
            if bounded.refused:
                await response(problem)(scope, receive, secured)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """Return the answer to a request that goes no further, or None.

        Raises:
            RequestError: It is refused.
        """
        if len(headers.getlist("host")) != 1 or not self.settings.knows_host(headers["host"]):
            remedy = "address it by its own name, or start it with --allow-host"
            raise RequestError(421, "this server does not go by that name", where="Host", remedy=remedy)
        if scope["method"] not in METHODS:
            allowed = {"Allow": ", ".join(METHODS)}
            raise RequestError(405, f"{scope['method']} is not answered: the graph is only read", headers=allowed)
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self.settings.body_limit:
            raise _too_large(self.settings.body_limit)
        if self.settings.token and scope["method"] != "OPTIONS":
            return self._without_token(scope, headers)
        return None

    def _without_token(self, scope: Scope, headers: Headers) -> Response | None:
        """Return None for who shows the token; a browser that opens an address with it gets a cookie in its place.

        Raises:
            RequestError: The token is missing or wrong.
        """
        scheme, _, shown = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _same(shown.strip(), self.settings.token):
            return None
        if _same(_cookie(headers, self.cookie_name), self.cookie):
            return None
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(pairs).get("token", "")
        if scope["method"] == "GET" and given and _same(given, self.settings.token):
            rest = urlencode([pair for pair in pairs if pair[0] != "token"])
            # The path as it was sent: one that began with '//' would lead to another server.
            path = "/" + scope["raw_path"].decode("latin-1").lstrip("/")
            root = self.settings.root
            path = path if path.startswith(f"{root}/") else root + path
            answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303, {"Cache-Control": "no-store"})
            secure = (self.settings.base or scope["scheme"]).startswith("https")
            answer.set_cookie(self.cookie_name, self.cookie, httponly=True, samesite="lax", secure=secure)
            return answer
        challenge = {"WWW-Authenticate": 'Bearer realm="kg"'}
        remedy = "send 'Authorization: Bearer …', or open the address with ?token=…"
        raise RequestError(401, "this graph is shown to those who have its token", remedy=remedy, headers=challenge)


class _Body:
    """The body of a request, up to a bound of size and time."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self.receive = receive
        self.limit = limit
        self.read = 0
        self.complete = False
        self.refused = False

    async def __call__(self) -> Message:
        """Return the next part; when there is none, wait for the client to go.

        Raises:
            RequestError: The bound is passed.
        """
        try:
            async with asyncio.timeout(None if self.complete else BODY_TIME):
                message = await self.receive()
        except TimeoutError:
            self.refused = True
            raise RequestError(408, "the body of the request does not arrive", remedy="send it at once") from None
        self.complete = not message.get("more_body", False)
        self.read += len(message.get("body", b""))
        if self.read > self.limit:
            self.refused = True
            raise _too_large(self.limit)
        return message


def _too_large(limit: int) -> RequestError:
    return RequestError(413, f"the request has more than {limit:,} bytes", remedy="ask in several requests")


def _preflight(path: str) -> Response:
    allowed = ", ".join(method for method in METHODS if method != "POST" or path.endswith(POSTED))
    headers = {
        "Allow": allowed,
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type",
        "Access-Control-Max-Age": "600",
    }
    return Response(status_code=204, headers=headers)


def _plain(scope: Scope, root: str) -> Scope:
    """Return a request as if the server stood at the root, for a proxy that leaves the prefix of `base` on.

    HEAD is answered like GET; the server leaves the body away.
    """
    path, method = scope["path"], scope["method"]
    if root and (path == root or path.startswith(root + "/")):
        path = path[len(root) :] or "/"
    return {**scope, "path": path, "method": "GET" if method == "HEAD" else method}


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _same(shown: str, wanted: str) -> bool:
    return hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), wanted.encode())
