"""Where somebody came from, read from the one request that opens the posting."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# The page that the link stood on, by the beginning of its path.
_PAGES = (
    (re.compile(r"/jobs/$"), "search"),
    (re.compile(r"/matches/"), "for_me"),
    (re.compile(r"/alerts/"), "alerts"),
    (re.compile(r"/applications/invited/"), "invitation"),
)
DIRECT = "direct"
# What a link in a message says, because messages have no address.
NAMED = {"alert": "alerts", "invitation": "invitation"}
_MACHINES = re.compile(r"bot|crawl|spider|slurp|preview|curl|wget|python|monitor", re.I)


def source_of(*, referer: str, host: str, named: str = "") -> str:
    """A source's code; everything unknown is a link from somewhere."""
    if named in NAMED:
        return NAMED[named]
    try:
        parts = urlsplit(referer)
    except ValueError:
        return DIRECT
    if parts.netloc != host:
        return DIRECT
    found = (code for pattern, code in _PAGES if pattern.match(parts.path))
    return next(found, DIRECT)


def is_machine(user_agent: str) -> bool:
    return not user_agent or bool(_MACHINES.search(user_agent))
