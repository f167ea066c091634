"""A small client of the Ashore API: paging, retries, repeated requests without harm.

ASHORE_KEY=ashore_… python client.py https://ashore.example
"""

from __future__ import annotations

import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import httpx

AGAIN = frozenset({429, 500, 502, 503, 504})
ATTEMPTS = 5


class Refused(Exception):  # noqa: N818 - it is the server's word
    """An answer in application/problem+json; `kind` is the end of its type."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.problem: dict[str, Any] = response.json()
        self.kind = str(self.problem["type"]).rpartition("/")[2]
        super().__init__(f"{self.status} {self.kind}: {self.problem['detail']}")


class Ashore:
    def __init__(
        self,
        address: str,
        key: str,
        *,
        sleep: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.sleep = sleep
        self.http = httpx.Client(
            base_url=f"{address.rstrip('/')}/api/v1",
            headers={"Authorization": f"Bearer {key}", "Accept-Language": "en"},
            timeout=20,
            transport=transport,
        )

    def __enter__(self) -> Ashore:
        return self

    def __exit__(self, *_error: object) -> None:
        self.http.close()

    def get(self, path: str, **filters: Any) -> dict[str, Any]:
        return self._send("GET", path, params=filters).json()  # type: ignore[no-any-return]

    def each(self, path: str, **filters: Any) -> Iterator[dict[str, Any]]:
        """Every row of a list, page after page."""
        response = self._send("GET", path, params=filters)
        while True:
            yield from response.json()["data"]
            following = response.links.get("next")
            if following is None:
                return
            response = self._send("GET", following["url"])

    def post(self, path: str, body: Any = None) -> dict[str, Any]:
        """One Idempotency-Key for all attempts: the server does it once."""
        headers = named()
        return self._send("POST", path, json=body or {}, headers=headers).json()  # type: ignore[no-any-return]

    def change(self, path: str, decide: Callable[[dict[str, Any]], Any]) -> Any:
        """Read, decide, write; begin again when somebody else was faster."""
        while True:
            read = self._send("GET", path)
            headers = named() | {"If-Match": read.headers["ETag"]}
            try:
                body = decide(read.json())
                return self._send("PATCH", path, json=body, headers=headers).json()
            except Refused as refused:
                if refused.kind != "precondition-failed":
                    raise

    def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        """GET may be repeated as it is, everything else by its name."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                response = self.http.request(method, path, **more)
            except httpx.TransportError:
                if attempt == ATTEMPTS:
                    raise
                self.sleep(2.0**attempt)
                continue
            busy = response.status_code == 409 and "Retry-After" in response.headers
            if response.status_code in AGAIN or busy:
                if attempt < ATTEMPTS:
                    wait = response.headers.get("Retry-After", str(2**attempt))
                    self.sleep(float(wait))
                    continue
            if response.is_error:
                raise Refused(response)
            return response
        raise AssertionError("unreachable")


def named() -> dict[str, str]:
    """A new name for a new request; all attempts share it."""
    return {"Idempotency-Key": str(uuid.uuid4())}


def main(address: str, key: str) -> None:
    with Ashore(address, key) as ashore:
        print(ashore.get("/organisation")["name"])  # noqa: T201
        for posting in ashore.each("/postings", limit=100):
            print(posting["state"], posting["title"])  # noqa: T201
        for application in ashore.each("/applications", state="submitted"):
            print(application["submitted_at"], application["posting"]["title"])  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], os.environ["ASHORE_KEY"])
