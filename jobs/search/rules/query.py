from __future__ import annotations

from dataclasses import dataclass

SORTS = ("relevance", "newest", "pay", "nearest")


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for: the same for a page, a saved search and the bench.

    Codes are those of `accounts.lib.places`, `accounts.seekers.enums` and
    `jobs.postings.enums`; empty, None and False stand for "it does not matter".
    """

    # What was typed and is not understood as something else, as it was typed.
    text: str = ""
    # Every group must be met by one of its words.
    words: tuple[tuple[str, ...], ...] = ()
    # Words that must not occur.
    without: tuple[str, ...] = ()
    city_code: str = ""
    district_code: str = ""
    # Latitude and longitude: only for the sort by distance.
    near: tuple[float, float] | None = None
    occupation: str = ""
    # Yuan a month.
    lowest_pay: int | None = None
    # The schooling somebody has, not the schooling asked.
    education: str = ""
    shift: str = ""
    channel: str = ""
    # At most so many years asked.
    experience: int | None = None
    weekends_off: bool = False
    no_phone: bool = False
    no_collection: bool = False
    no_outbound: bool = False
    no_sales: bool = False
    no_night: bool = False
    lodging: bool = False
    insurance: bool = False
    remote: bool = False
    employment: str = ""
    # Days.
    posted_within: int | None = None
    sort: str = "relevance"
