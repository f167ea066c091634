"""Every way in which a request can fail, by the name that its `type` ends with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemType:
    slug: str
    status: int
    # In plain English, for the documentation; what people read is in texts.py.
    title: str


_ROWS = (
    ("malformed-request", 400, "The request cannot be read"),
    ("invalid-cursor", 400, "The cursor does not belong to this list"),
    ("unauthenticated", 401, "There is no key that works"),
    ("missing-scope", 403, "The key may not do this"),
    ("organisation-not-checked", 403, "The check of the organisation is missing"),
    ("promise-missing", 403, "The promise to answer is missing"),
    ("opening-refused", 403, "The posting may not be opened"),
    ("not-found", 404, "There is nothing here"),
    ("method-not-allowed", 405, "This address does not take this method"),
    ("step-refused", 409, "The step is not possible from here"),
    ("stale-version", 409, "Somebody changed it meanwhile"),
    ("request-in-progress", 409, "The same request is being worked on"),
    ("precondition-failed", 412, "If-Match names an older version"),
    ("too-large", 413, "The request is too large"),
    ("unsupported-media-type", 415, "Only JSON is read"),
    ("invalid-input", 422, "Something in the request is wrong"),
    ("screening-blocked", 422, "The rules do not let this posting pass"),
    ("idempotency-key-reused", 422, "The Idempotency-Key was used for something else"),
    ("precondition-required", 428, "If-Match is missing"),
    ("too-many-requests", 429, "Too many requests"),
    ("writing-closed", 503, "Writing is closed for a while"),
    ("server-error", 500, "Something broke on our side"),
)
PROBLEMS = {slug: ProblemType(slug, status, title) for slug, status, title in _ROWS}
