"""What a client has kept is not computed again: every answer is that of one build to one request (RFC 9110, 13.1.2)."""

from __future__ import annotations

import json
import time
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.state import State

_TOLD_APART_BY = ("accept", "cookie")


class Revalidation:
    """Gives each answer a tag, and answers 304 to who shows the tag of the answer that they would get."""

    def __init__(self, app: ASGIApp, shared: State) -> None:
        self.app = app
        self.shared = shared
        self.started = time.time_ns()  # another start may be of another version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        # Whether a store elsewhere has changed cannot be told without asking all of it.
        followed = isinstance(self.shared.settings.store, Path)
        if scope["type"] != "http" or scope["method"] != "GET" or not followed:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        tag = self._tag(scope, headers)
        if tag in {shown.strip() for shown in headers.get("if-none-match", "").split(",")}:
            kept = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept, Cookie"}
            await Response(status_code=304, headers=kept)(scope, receive, send)
            return

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                found = MutableHeaders(raw=message["headers"])
                # Files of the package have a tag of their own.
                found.setdefault("ETag", tag)
                found.setdefault("Cache-Control", "no-cache")
                message = {**message, "headers": found.raw}
            await send(message)

        await self.app(scope, receive, tagged)

    def _tag(self, scope: Scope, headers: Headers) -> str:
        build = self.shared.current().identity
        asked = [scope["path"], scope["query_string"].decode("latin-1")]
        told = [headers.getlist(name) for name in _TOLD_APART_BY]
        address = self.shared.settings.base or headers.get("host", "")
        written = json.dumps([self.started, build, address, asked, told])
        # Weak: the order of what is in no order may differ from one answer to the next.
        return f'W/"{sha256(written.encode()).hexdigest()[:24]}"'
