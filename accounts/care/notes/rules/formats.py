"""The four ways to write a note, and what becomes of a text when the way is changed."""

from __future__ import annotations

from collections.abc import Mapping

DAP, SOAP, BIRP, CONTACT = "dap", "soap", "birp", "contact"
FIELDS: dict[str, tuple[str, ...]] = {
    DAP: ("data", "reading", "next"),
    SOAP: ("told", "seen", "reading", "next"),
    BIRP: ("data", "did", "reading", "next"),
    CONTACT: ("data",),
}
ALL_FIELDS = tuple(dict.fromkeys(name for names in FIELDS.values() for name in names))
# One text is at most a page and a half; the whole note stays readable on a phone.
LONGEST = 4000


def blank(way: str) -> dict[str, str]:
    return dict.fromkeys(FIELDS[way], "")


def recast(fields: Mapping[str, str], *, way: str) -> dict[str, str]:
    """The same words in another form: what has no place there joins the first text."""
    kept = {name: fields.get(name, "") for name in FIELDS[way]}
    homeless = [text for name, text in fields.items() if name not in kept and text]
    first = FIELDS[way][0]
    kept[first] = "\n\n".join([text for text in (kept[first], *homeless) if text])
    return kept


def missing(fields: Mapping[str, str], *, way: str) -> list[str]:
    """The texts without which this note cannot be signed."""
    return [name for name in FIELDS[way] if not fields.get(name, "").strip()]


def too_long(fields: Mapping[str, str]) -> list[str]:
    return [name for name, text in fields.items() if len(text) > LONGEST]
