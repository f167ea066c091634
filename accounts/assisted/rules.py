from __future__ import annotations

from datetime import datetime, timedelta

# Nobody has to answer: what is not taken over by then is erased.
WAITS = timedelta(days=14)
# How long a counselor may look, and the longest the database allows.
GRANT = timedelta(days=30)
GRANT_AT_MOST = timedelta(days=90)
# More than anybody fills in on one day with people beside them.
MOST_A_DAY = 20
# So many "not me" within this time and moderators look.
REPEATED, WITHIN = 2, timedelta(days=90)
# What may be suggested, by screen. Name, number and who must not see them are not.
MAY_SUGGEST: dict[str, tuple[str, ...]] = {
    "place": ("city_code", "district", "also_city_codes"),
    "past": ("past_roles", "years"),
    "did": ("did",),
    "limits": ("constraints",),
    "wanted": ("wanted_occupations", "wish_text"),
    "pay": ("min_pay", "needs_housing", "can_start"),
    "education": ("education", "birth_year"),
}


def is_over(*, expires_at: datetime, now: datetime) -> bool:
    return expires_at <= now


def needs_a_look(contested: int) -> bool:
    """One may be a slip of the finger in a number; more are looked at."""
    return contested >= REPEATED
