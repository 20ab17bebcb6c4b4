"""Requests to one address over connections that are kept open, repeated where that may help."""

from __future__ import annotations

import base64
import http.client
import os
import random
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import SplitResult, urlencode, urlsplit

from kg.errors import RemoteError, StoreError

LONGEST_PAUSE = 60.0
"""Seconds between two attempts, also where the server asks for more."""

_PASSING = frozenset([408, 425, 429, 500, 502, 503, 504])


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a server is told of who asks: a bearer token, or a user as `NAME:PASSWORD`; neither by default."""

    token: str = ""
    user: str = ""

    @classmethod
    def from_environment(cls) -> Credentials:
        """Return what the variables `KG_TOKEN` and `KG_USER` say."""
        return cls(os.environ.get("KG_TOKEN", ""), os.environ.get("KG_USER", ""))

    def headers(self) -> dict[str, str]:
        """Return the header of a request.

        Raises:
            StoreError: A user without a password, or both a token and a user.
        """
        if self.token and self.user:
            raise StoreError("both a token and a user are given", remedy="give one of them")
        if self.user and ":" not in self.user:
            raise StoreError("the user has no password", where="--user", remedy="write NAME:PASSWORD")
        if not (self.token + self.user).isprintable():
            raise StoreError("the token or the user has line breaks or the like", remedy="leave them out")
        if self.token:
            return {"Authorization": f"Bearer {self.token}"}
        if self.user:
            return {"Authorization": f"Basic {base64.b64encode(self.user.encode()).decode()}"}
        return {}


class Response(NamedTuple):
    """The answer to a request; `type` is its media type without parameters."""

    status: int
    type: str
    body: bytes


class Connection:
    """A server at one address; several threads may ask it, each over a connection of its own.

    Args:
        url: The address, http or https.
        credentials: What it is told of who asks.
        retries: How often a request is repeated that failed for a reason that may pass.
        timeout: Seconds without a byte after which an attempt has failed.
        pause: Waits for a number of seconds.

    Raises:
        StoreError: The address is none, or the credentials are not in order.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials | None = None,
        *,
        retries: int = 5,
        timeout: float = 300,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self.url = url
        self._idle: deque[http.client.HTTPConnection] = deque()
        self._parts = _checked(url)
        self._headers = {"User-Agent": "policy-kg", **(credentials or Credentials()).headers()}
        self._retries = retries
        self._timeout = timeout
        self._pause = pause

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; the next request opens one again."""
        while self._idle:
            self._idle.pop().close()

    def request(
        self,
        method: str,
        parameters: Sequence[tuple[str, str]] = (),
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        accepted: Sequence[int] = (),
        passing: frozenset[int] = _PASSING,
    ) -> Response:
        """Return the answer to a request that may be repeated without harm.

        Args:
            method: Of HTTP.
            parameters: Put behind the address; one without a value as its name alone.
            body: What is sent.
            headers: Beside those that all requests have.
            accepted: Statuses that are no failure, beside those from 200 to 299.
            passing: Statuses upon which it is tried again.

        Raises:
            RemoteError: There is no answer, or one that tells of a failure.
        """
        named = (urlencode([pair]) if pair[1] else pair[0] for pair in parameters)
        query = "&".join(filter(None, [self._parts.query, *named]))
        target = (self._parts.path or "/") + (f"?{query}" if query else "")
        attempt = 0
        while True:
            again = attempt < self._retries
            wait = min(LONGEST_PAUSE, 0.25 * 2**attempt) * random.uniform(0.5, 1)
            try:
                status, found, asked = self._once(method, target, body, {**self._headers, **(headers or {})})
            except (OSError, http.client.HTTPException) as error:
                self.close()  # those that wait have most likely been closed at the other end too
                if not again:
                    raise self._unreachable(error, attempt) from error
            else:
                if 200 <= status < 300 or status in accepted:
                    return found
                if status not in passing or not again:
                    raise self._refused(method, found, attempt)
                wait = max(wait, min(asked, LONGEST_PAUSE))
            self._pause(wait)
            attempt += 1

    def _once(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, Response, float]:
        connection = self._connection()
        try:
            connection.request(method, target, body, dict(headers))
            answer = connection.getresponse()
            data = answer.read()
        except BaseException:
            connection.close()
            raise
        if answer.will_close:
            connection.close()
        else:
            self._idle.append(connection)
        after = answer.getheader("Retry-After", "")
        media = answer.getheader("Content-Type", "").partition(";")[0].strip().lower()
        moved = answer.getheader("Location", "") if 300 <= answer.status < 400 else ""
        found = Response(answer.status, media, moved.encode() if moved else data)
        return answer.status, found, float(after) if after.isdigit() else 0.0

    def _connection(self) -> http.client.HTTPConnection:
        try:
            return self._idle.pop()
        except IndexError:
            kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
            return kind(self._parts.hostname or "", self._parts.port, timeout=self._timeout)

    def _unreachable(self, error: Exception, attempt: int) -> RemoteError:
        reason = (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
        what = f"the server does not answer{_tries(attempt)}: {reason}"
        return RemoteError(what, where=self.url, remedy="check the address and that the server runs, then try again")

    def _refused(self, method: str, answer: Response, attempt: int) -> RemoteError:
        status = answer.status
        said = answer.body.decode("utf-8", "replace").strip()
        if answer.type == "text/html" or said.startswith("<"):
            said = ""
        said = said.partition("\n")[0][:300]
        remedies = {
            401: "give --token or --user, or set KG_TOKEN or KG_USER",
            403: "use an account that may do this, or a server that is not read-only",
            404: "check the path of the address: of a store it is that of its Graph Store or SPARQL endpoint",
            405: "check the path of the address: of a store it is that of its Graph Store or SPARQL endpoint",
            413: "raise the largest request that the server takes",
            507: "free space on the server",
        }
        if 300 <= status < 400:
            return RemoteError("the address has moved", where=self.url, remedy=f"give {said or 'the new one'}")
        remedy = remedies.get(status, "see the log of the server" if status >= 500 else "check the address")
        reason = http.client.responses.get(status, "")
        what = f"{method} is refused with {status} {reason}".rstrip() + _tries(attempt) + (f" ({said})" if said else "")
        return RemoteError(what, where=self.url, remedy=remedy)


def is_url(text: object) -> bool:
    """Tell an address from the path of a folder."""
    return isinstance(text, str) and text.lower().startswith(("http://", "https://"))


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        wrong = parts.scheme not in ("http", "https") or not parts.hostname or (parts.port == 0)
    except ValueError:
        wrong = True
    if wrong or not url.isascii() or not url.isprintable() or " " in url:
        raise StoreError("not an http or https address", where=url, remedy="write http://HOST:PORT/PATH")
    if parts.username is not None:
        raise StoreError("the address holds a password", where=parts.hostname or "", remedy="give it with --user")
    if parts.fragment:
        raise StoreError("the address has a fragment", where=url, remedy="leave out what follows '#'")
    return parts


def _tries(attempt: int) -> str:
    return f" after {attempt + 1} attempts" if attempt else ""
