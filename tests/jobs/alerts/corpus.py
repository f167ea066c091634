"""Made-up postings and saved searches for the bench: the same for the same seed.

Words follow Zipf's law over those of the site's own Chinese texts and a long tail of
made-up ones, 30,000 in all; cities too;
客服 stands in a quarter of all postings. Nothing is taken from real adverts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

from accounts.lib.places import cities
from jobs.postings.models import Posting
from jobs.search.rules.lexemes import EDUCATION
from jobs.search.rules.query import Query
from jobs.search.rules.segmentation import domain_words, index_words

CITIES = 100
_OCCUPATIONS = ("inbound_hotline", "online_chat", "data_entry", "quality_check")
_CHANNELS = ("inbound_phone", "outbound_phone", "text", "back_office", "in_person")
_SHIFTS = ("day", "two_shift", "rotating", "night")
_RESTS = ("double", "single", "alternate", "rotating")
_ROLES = ("support", "support", "servicing", "other", "outbound-sales")
_PAYS = (3000, 3500, 4000, 4500, 5000, 5500, 6000, 7000, 8000, 10000)
_FLAGS = ("weekends_off", "no_phone", "no_collection")


class Zipf:
    """Draws the first thing most often, the n-th one n-th as often."""

    def __init__(self, things: list[str], power: float = 1.0) -> None:
        self._things = things
        self._sums = list(accumulate(1 / (n + 1) ** power for n in range(len(things))))

    def draw(self, random: Random, many: int = 1) -> list[str]:
        return random.choices(self._things, cum_weights=self._sums, k=many)


@cache
def words() -> list[str]:
    """Words that segmentation keeps whole, shuffled once for all."""
    texts = Path(settings.BASE_DIR) / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    known = [*domain_words(), *index_words(texts.read_text(encoding="utf-8"))]
    whole = [w for w in dict.fromkeys(known) if _is_whole(w) and w != "客服"]
    # The long tail of names, products and places that real texts have.
    whole += [f"w{number}" for number in range(30_000 - len(whole))]
    Random(7).shuffle(whole)
    return whole


def _is_whole(word: str) -> bool:
    return len(word) > 1 and not word.isascii() and list(index_words(word)) == [word]


def city_codes() -> list[str]:
    return [city.code for city in cities()[:CITIES]]


def make_postings(count: int, *, seed: int, now: datetime) -> Iterator[Posting]:
    random = Random(seed)
    places, vocabulary = Zipf(city_codes(), 0.8), Zipf(words(), 0.9)
    for number in range(count):
        text = vocabulary.draw(random, random.randint(70, 130))
        if random.random() < 0.25:
            text.append("客服")
        pay = random.choice(_PAYS)
        yield Posting(
            source_name="bench",
            source_id=f"{seed}-{number}",
            organization_name="示例公司",
            title="".join(vocabulary.draw(random, 2)),
            occupation=random.choice(_OCCUPATIONS),
            responsibilities="，".join(text),
            education=random.choice(EDUCATION[:5]),
            experience_in_place_of_education=random.random() < 0.1,
            employment_type="full_time",
            city_code=places.draw(random)[0],
            shift=random.choice(_SHIFTS),
            rest=random.choice(_RESTS),
            channel=random.choice(_CHANNELS),
            role=random.choice(_ROLES),
            pay_min=pay if random.random() < 0.9 else None,
            pay_max=pay + 2000,
            state="published",
            published_at=now - timedelta(days=random.choice((0, 0, 0, 5))),
            date_posted=now.date(),
            valid_through=now + timedelta(days=30),
        )


def make_queries(count: int, *, seed: int) -> Iterator[Query]:
    """What people keep: mostly a city and a word, often pay, sometimes more.

    Nobody keeps a search that finds hundreds a day, so its words are rarer than those
    of the postings.
    """
    random = Random(seed)
    places, vocabulary = Zipf(city_codes(), 0.8), Zipf(words(), 0.5)
    for _ in range(count):
        wishes: dict[str, Any] = {}
        chance = random.random()
        many = 1 if chance < 0.7 else 2 if chance < 0.9 else 3
        groups: list[tuple[str, ...]] = [
            (word,) for word in vocabulary.draw(random, many)
        ]
        if random.random() < 0.1:
            groups[0] += tuple(vocabulary.draw(random, 2))
        wishes["words"] = tuple(groups)
        if random.random() < 0.97:
            wishes["city_code"] = places.draw(random)[0]
        if random.random() < 0.5:
            wishes["lowest_pay"] = random.choice(_PAYS)
        if random.random() < 0.25:
            wishes["education"] = random.choice(EDUCATION[1:5])
        if random.random() < 0.1:
            wishes[random.choice(_FLAGS)] = True
        if random.random() < 0.03:
            wishes["without"] = tuple(vocabulary.draw(random))
        if random.random() < 0.05:
            wishes["posted_within"] = 3
        yield Query(**wishes)
