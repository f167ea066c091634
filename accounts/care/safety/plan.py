"""The plan for hard hours, in our own words: six questions, from alone to together.

The order follows what is known to help; the wording is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Part:
    # Names the answer in the browser's own storage: never change one.
    code: str
    title: str | Promise
    hint: str | Promise


PARTS = (
    Part(
        "signs",
        _("How do I notice that it is getting hard?"),
        _("For example: I cannot sleep, I answer nobody, my heart races."),
    ),
    Part(
        "alone",
        _("What can I do by myself to get calmer?"),
        _("For example: a walk, a shower, music, breathing slowly."),
    ),
    Part(
        "company",
        _("Which people and places take my mind off it?"),
        _("You need not say what is wrong. A shop with people, a friend to eat with."),
    ),
    Part(
        "ask",
        _("Whom can I ask for help?"),
        _("Names and numbers. One sentence is enough: I am not well, can you talk?"),
    ),
    Part(
        "lines",
        _("Which professionals and phone lines can I reach?"),
        _("The numbers are above. Add a doctor or a hospital near you."),
    ),
    Part(
        "safe",
        _("How do I make the place where I live safer?"),
        _("Put what could hurt you far away, or ask someone to keep it for you."),
    ),
)


def plan_shown(body: Mapping[str, str]) -> list[dict[str, Any]]:
    """What was written, with its questions, in their order."""
    return [
        {"title": part.title, "text": body[part.code]}
        for part in PARTS
        if body.get(part.code)
    ]
