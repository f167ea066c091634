from __future__ import annotations

from functools import cache
from typing import Any

from jobs.public.demo import content

LANGUAGES = {"zh-hans": "zh_hans", "zh-hant": "zh_hant", "en": "en"}


def steps(language: str) -> list[dict[str, Any]]:
    """The "try this" strip in the reader's language; `email` is whom to sign in as."""
    key = LANGUAGES.get(language, "zh_hans")
    return [
        {
            "role": step["role"],
            "path": step["path"],
            "email": sign_in_addresses().get(step["sign_in_as"], ""),
            **step[key],
        }
        for step in content.read("guide")["steps"]
    ]


def sign_in_addresses() -> dict[str, str]:
    """The demo's one-tap accounts: slug -> address."""
    people = [*content.seekers()]
    for kind in ("counselors", "moderators", "operators"):
        people += content.people(kind)
    found = {person["slug"]: demo_address(person["email"]) for person in people}
    for employer in content.employers():
        if employer["slug"] in featured_employers():
            found[employer["slug"]] = demo_address(employer["members"][0]["email"])
    return found


@cache
def featured_employers() -> frozenset[str]:
    """Those with a part in a story: the guide's, and whoever got an application."""
    owners = {row["slug"]: row["employer"] for row in content.postings()}
    stories = (
        s for seeker in content.seekers() for s in seeker.get("applications", [])
    )
    named = {step["sign_in_as"] for step in content.read("guide")["steps"]}
    return frozenset(named | {owners[story["posting"]] for story in stories})


def demo_address(address: str) -> str:
    return address.replace("@example.com", "@demo.example.com")
