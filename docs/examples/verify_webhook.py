"""Check that a notice really comes from Ashore, before anything in it is believed.

Only the standard library. Copy this file into the system that receives notices; see
docs/webhooks.md for what arrives.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Iterable, Mapping

# Older or newer ones are refused: somebody may have recorded them.
WINDOW_SECONDS = 5 * 60


class NotFromAshore(Exception):  # noqa: N818 - reads as the event it is
    """Answer 400 and do nothing else."""


def verify(
    secrets: Iterable[str],
    headers: Mapping[str, str],
    body: bytes,
    *,
    now: float | None = None,
) -> str:
    """The notice's id if the body is genuine and fresh; raises NotFromAshore.

    `body` are the bytes as they arrived, before any JSON is read. Give the new and the
    old secret while you change them. Keep the id for a week: a notice may come twice.
    """
    told = {name.lower(): value for name, value in headers.items()}
    try:
        message_id, moment = told["webhook-id"], told["webhook-timestamp"]
        signatures = told["webhook-signature"].split()
        age = abs((time.time() if now is None else now) - int(moment))
    except (KeyError, ValueError) as error:
        raise NotFromAshore("a header is missing or broken") from error
    if age > WINDOW_SECONDS:
        raise NotFromAshore("too old, or the clock here is wrong")
    signed = f"{message_id}.{moment}.".encode() + body
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        digest = hmac.new(key, signed, hashlib.sha256).digest()
        wanted = b"v1," + base64.b64encode(digest)
        if any(hmac.compare_digest(wanted, given.encode()) for given in signatures):
            return message_id
    raise NotFromAshore("no signature fits")
