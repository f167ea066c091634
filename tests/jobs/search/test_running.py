from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from accounts.lib.places import provinces
from jobs.postings.models import Posting
from jobs.search.access import (
    COUNT_CAP,
    count,
    counts,
    facets,
    planning,
    results,
    suggestions,
    top,
)
from jobs.search.access.planned import planned
from jobs.search.models import PostingIndex, SampleIndex, WordFrequency
from jobs.search.rules.lexemes import PAY_STEPS
from jobs.search.rules.query import SORTS, Query
from jobs.search.rules.ranking import (
    SAMPLE_RATE,
    SCATTER,
    in_sample,
    sampled_below,
)
from jobs.search.services import count_words, fold_words, index_postings
from tests.cast import Cast
from tests.make import make_posting

SHANGHAI = (31.23, 121.47)
OTHER_INDEXES = (
    "search_words",
    *(f"search_{name}" for name in ("rank", "posted", "pay", "version")),
    *(f"search_city_{name}" for name in ("rank", "posted", "pay")),
)
PLACES = (("3101", "浦东新区"), ("3101", "黄浦区"), ("4403", "南山区"), ("", ""))


@pytest.fixture(autouse=True)
def _forget() -> None:
    planning.forget()


@pytest.fixture
def many(cast: Cast) -> list[Posting]:
    return make_many(cast, 50)


def make_many(cast: Cast, number: int, *, seed: int = 1) -> list[Posting]:
    random, now = Random(seed), timezone.now()
    found = []
    for _ in range(number):
        city, district = random.choice(PLACES)
        pay = random.choice((3000, 4500, 6000, 9000))
        found.append(
            make_posting(
                cast.organization,
                title=random.choice(("在线客服", "银行客服专员", "行政文员")),
                occupation=random.choice(("online_chat", "office_clerk")),
                city_code=city,
                district=district,
                pay_min=pay,
                pay_max=pay + 500,
                base_salary_min=None,
                base_salary_max=None,
                shift=random.choice(("day", "night")),
                channel=random.choice(("text", "inbound_phone")),
                education=random.choice(("none", "high_school", "college")),
                # Several share a moment: the last number has to tell them apart.
                published_at=now - timedelta(hours=random.randrange(9)),
            )
        )
    index_postings(found)
    return found


def pages(query: Query, size: int) -> list[list[int]]:
    found, after = [], ""
    while True:
        page = results(query, after=after, size=size).page
        found.append([posting.pk for posting in page.rows])
        if not page.after:
            return found
        after = page.after


def flat(found: list[list[int]]) -> list[int]:
    return [pk for page in found for pk in page]


def walk_always(monkeypatch: pytest.MonkeyPatch, longest: int = 6000) -> None:
    monkeypatch.setattr("jobs.search.access.planning.EXACT", -1)
    monkeypatch.setattr("jobs.search.access.running.WALK_FROM", 0)
    monkeypatch.setattr("jobs.search.access.running.SHORTEST_WALK", min(500, longest))
    monkeypatch.setattr("jobs.search.access.running.LONGEST_WALK", longest)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("text", ["", "客服", "接听 在线客服"])
@pytest.mark.parametrize("walks", [False, True])
def test_pages_put_together_are_one_long_list(
    many: list[Posting],
    monkeypatch: pytest.MonkeyPatch,
    sort: str,
    text: str,
    walks: bool,
) -> None:
    if walks:
        walk_always(monkeypatch)
    query = Query(text=text, sort=sort, near=SHANGHAI)
    whole = flat(pages(query, 100))
    assert flat(pages(query, 7)) == whole
    assert len(set(whole)) == len(whole) > 7


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("walks", [False, True])
def test_pages_lead_back_the_way_they_came(
    many: list[Posting], monkeypatch: pytest.MonkeyPatch, sort: str, walks: bool
) -> None:
    if walks:
        walk_always(monkeypatch)
    query = Query(text="客服", sort=sort, near=SHANGHAI)
    first = results(query, size=5).page
    second = results(query, size=5, after=first.after).page
    back = results(query, size=5, before=second.before).page
    assert [p.pk for p in back.rows] == [p.pk for p in first.rows]
    assert back.before == ""


@pytest.mark.parametrize("longest", [3, 6000])
@pytest.mark.parametrize(
    "query",
    [
        Query(sort="newest"),
        Query(sort="newest", text="客服", city_code="3101"),
        Query(sort="pay", text="客服", lowest_pay=4200),
        Query(sort="nearest", near=SHANGHAI, without=("文员",)),
        Query(city_code="4403", shift="night"),
        Query(sort="pay", posted_within=1, education="high_school"),
    ],
)
def test_the_plan_never_changes_the_answer(
    many: list[Posting], monkeypatch: pytest.MonkeyPatch, query: Query, longest: int
) -> None:
    by_index = flat(pages(query, 6))
    assert top(query, size=6) == by_index[:6]
    walk_always(monkeypatch, longest)
    assert flat(pages(query, 6)) == by_index
    assert top(query, size=6) == by_index[:6]
    assert by_index


def test_common_words_come_first_where_they_stand_in_the_title(
    cast: Cast, many: list[Posting], monkeypatch: pytest.MonkeyPatch
) -> None:
    index_postings([make_posting(cast.organization, title="接听") for _ in range(4)])
    walk_always(monkeypatch)
    titles = dict(Posting.objects.values_list("pk", "title"))
    hits = ["接听" in titles[pk] for pk in flat(pages(Query(text="接听"), 9))]
    assert hits == sorted(hits, reverse=True)
    assert len(set(hits)) == 2


def naive(many: list[Posting], **wanted: Any) -> int:
    def fits(posting: Posting) -> bool:
        return all(getattr(posting, name) == value for name, value in wanted.items())

    return sum(map(fits, many))


def test_facets_of_few_are_exact_and_open_their_own_filter(many: list[Posting]) -> None:
    found = facets(Query(city_code="3101", shift="day"))
    assert found.about == frozenset()
    for code, total in found.counts["city"].items():
        assert total == naive(many, city_code=code, shift="day")
    for shift, total in found.counts["shift"].items():
        assert total == naive(many, city_code="3101", shift=shift)
    for channel, total in found.counts["channel"].items():
        assert total == naive(many, city_code="3101", shift="day", channel=channel)
    for step in PAY_STEPS:
        asked = Query(city_code="3101", shift="day", lowest_pay=step)
        assert found.counts["pay"].get(str(step), 0) == count(asked)
    for level, total in found.counts["education"].items():
        asked = Query(city_code="3101", shift="day", education=level)
        assert total == count(asked)
    for code, total in found.counts["district"].items():
        assert total == count(Query(district_code=code, shift="day"))


@pytest.mark.parametrize(
    "query",
    [
        Query(text="客服", city_code="3101", district_code="310115", lowest_pay=4200),
        Query(education="high_school", occupation="online_chat", channel="text"),
        Query(text="客服", shift="night", without=("文员",), education="college"),
    ],
)
def test_a_filter_in_force_is_counted_as_if_it_were_another(
    many: list[Posting], query: Query
) -> None:
    found = facets(query)
    fields = {"city": "city_code", "district": "district_code", "pay": "lowest_pay"}
    for name, by_value in found.counts.items():
        for value, total in by_value.items():
            field: Any = fields.get(name, name)
            chosen: Any = int(value) if name == "pay" else value
            other = replace(query, **{field: chosen})
            if name == "city":
                other = replace(other, district_code="")
            assert total == count(other), (name, value)
    assert found.about == frozenset()
    assert "education" in found.counts


def test_pay_is_exact_although_the_index_knows_steps_only(many: list[Posting]) -> None:
    wanted = sum((p.pay_min or 0) >= 4501 for p in many)
    assert count(Query(lowest_pay=4501)) == wanted


def test_paging_goes_on_while_postings_come_and_go(
    cast: Cast, many: list[Posting]
) -> None:
    query = Query(sort="newest")
    stood = flat(pages(query, 100))
    first = results(query, size=10).page
    make_many(cast, 5, seed=2)
    gone = Posting.objects.get(pk=stood[12])
    gone.state = "closed"
    gone.save()
    index_postings([gone])
    seen, after = [posting.pk for posting in first.rows], first.after
    while after:
        page = results(query, size=10, after=after).page
        seen += [posting.pk for posting in page.rows]
        after = page.after
    assert len(seen) == len(set(seen))
    assert set(stood) - {gone.pk} <= set(seen)


def test_the_count_is_capped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make_many(cast, 4)
    monkeypatch.setattr("jobs.search.access.running.COUNT_CAP", 3)
    found = results(Query())
    assert (found.total, found.is_capped) == (3, True)
    assert COUNT_CAP == 1000


@pytest.mark.parametrize("asked", [{"lowest_pay": 4000}, {"posted_within": 7}])
def test_with_words_no_other_index_is_asked(
    many: list[Posting], asked: dict[str, int]
) -> None:
    """At a million postings that took three seconds where nothing was found."""
    query = Query(text="客服", **asked)  # type: ignore[arg-type]
    column = "lowest_pay" if "lowest_pay" in asked else "posted"
    with CaptureQueriesContext(connection) as queries:
        counts([query])
        results(query)
    checked = [q["sql"] for q in queries if f"{column} + 0 >=" in q["sql"]]
    assert len(checked) > 1
    with planned() as cursor:
        # Were there any other way, the planner would take it.
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        for statement in checked:
            cursor.execute(f"EXPLAIN {statement}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "search_pay" not in plan
            assert "search_posted" not in plan


@pytest.mark.django_db(transaction=True)
def test_settings_hold_for_one_statement_and_for_no_other() -> None:
    show = "SELECT current_setting('enable_seqscan'), current_setting('jit')"
    with connection.cursor() as plain:
        plain.execute(show)
        before = plain.fetchone()
    with planned() as cursor:
        cursor.execute(show, [])
        assert cursor.fetchall() == [("off", "off")]
    with connection.cursor() as plain:
        plain.execute(show)
        assert plain.fetchone() == before


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_they_are_put_back() -> None:
    show = "SELECT current_setting('enable_seqscan'), current_setting('jit')"
    with transaction.atomic(), connection.cursor() as plain:
        plain.execute("SET LOCAL jit = on")
        plain.execute("SET LOCAL enable_seqscan = on")
        with planned() as cursor:
            cursor.execute(show, [])
            assert cursor.fetchall() == [("off", "off")]
        plain.execute(show)
        assert plain.fetchone() == ("on", "on")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("walks", [False, True])
def test_what_is_asked_again_gets_its_own_answer(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, walks: bool
) -> None:
    """Prepared statements: of the same form, with other words, places and pay."""
    make_many(cast, 50)
    count_words()
    if walks:
        walk_always(monkeypatch)
    asked = [
        Query(text=text, city_code=city, lowest_pay=pay, education=level, sort=sort)
        for text in ("", "客服", "银行 客服", "文员")
        for city in ("", "3101", "4403")
        for pay in (None, 4000, 8000)
        for level in ("", "high_school")
        for sort in ("relevance", "newest", "pay")
    ]
    with transaction.atomic():
        expected = [answer(query) for query in asked]
    assert len({str(found) for found in expected}) > 20
    for _ in range(3):
        planning.forget()
        assert [answer(query) for query in asked] == expected
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE statement ~ 'jobs_search_(posting|sample)index'"
        )
        plans = cursor.fetchall()
    assert sum(generic for generic, _custom in plans) > len(asked)
    assert not any(custom for _generic, custom in plans)


def answer(query: Query) -> tuple[list[int], int, dict[str, dict[str, int]]]:
    found = results(query)
    return [row.pk for row in found.page.rows], found.total, found.facets.counts


def test_a_search_in_a_city_reads_its_provinces_index(many: list[Posting]) -> None:
    query = Query(text="客服", city_code="3101", sort="newest")
    with CaptureQueriesContext(connection) as queries:
        # For facets the city would be left open here, where that costs nothing.
        found = results(query, with_facets=False)
    fitting = [p for p in many if "客服" in p.title and p.city_code == "3101"]
    assert found.total == len(fitting) > 0
    asked = [q["sql"] for q in queries if q["sql"].startswith("WITH found")]
    assert any("city_code LIKE '31%'" in statement for statement in asked)
    with planned() as cursor:
        # Of fifty rows any index will do: left is the one in question.
        cursor.execute(f"DROP INDEX {', '.join(OTHER_INDEXES)}")
        plans = []
        for statement in asked:
            cursor.execute(f"EXPLAIN {statement}")
            plans.append("\n".join(row[0] for row in cursor.fetchall()))
    assert any("on search_words_31 " in plan for plan in plans)


@pytest.mark.django_db
def test_every_city_lies_in_a_province_with_an_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index"
            " WHERE indrelid = 'jobs_search_postingindex'::regclass"
        )
        names = {row[0] for row in cursor.fetchall()}
    for province in provinces():
        assert f"search_words_{province.code}" in names
        assert all(city.code.startswith(province.code) for city in province.cities)


def test_the_index_is_stepped_through_by_the_rarest(many: list[Posting]) -> None:
    """Whatever is asked first: the others are only asked of its entries."""
    rare = many[0]
    rare.title = "高铁客服"
    rare.save()
    index_postings([rare])
    count_words()
    planning.forget()
    query = Query(text="客服 高铁", city_code=rare.city_code, without=("星辰",))
    lookup = planning.lookup_for(query, now=timezone.now())
    assert lookup is not None
    # In its province's index the city says least, however rare it is elsewhere.
    assert lookup.parts == (
        "'高铁' & !'星辰'",
        next(part for part in lookup.words.split(" & ") if "'客服'" in part),
        f"'@c{rare.city_code}'",
    )
    found = results(query, with_facets=False)
    assert [row.pk for row in found.page.rows] == [rare.pk]
    unwanted = replace(query, without=("客服",))
    assert results(unwanted, with_facets=False).total == 0


def test_words_stand_outside_of_the_rows(many: list[Posting]) -> None:
    """PostgreSQL alone would leave them inside rows of up to 2 kB."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(pg_column_size(words)), max(pg_column_size(ballast)),"
            " max(pg_relation_size((SELECT reltoastrelid FROM pg_class"
            " WHERE oid = 'jobs_search_postingindex'::regclass)))"
            " FROM jobs_search_postingindex"
        )
        words, ballast, outside = cursor.fetchone()
    assert words > 384
    assert ballast < 64
    assert outside >= 8192


def test_suggestions_name_what_to_drop(many: list[Posting]) -> None:
    query = Query(text="客服", shift="day", occupation="nothing", without=("星辰",))
    assert count(query) == 0
    found = suggestions(query)
    assert [(s.name, s.number) for s in found] == [("occupation", None)]
    assert found[0].total == count(found[0].query)


def test_without_a_question_the_facts_are_counted_already(
    many: list[Posting], monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = facets(Query())
    count_words()
    planning.forget()
    monkeypatch.setattr("jobs.search.access.planning.EXACT", 0)
    found = results(Query())
    assert found.facets.counts == exact.counts
    assert found.facets.about == set(exact.counts)
    assert found.total == len(many)


def test_what_the_sample_said_is_remembered_and_forgotten(
    many: list[Posting], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.search.access.planning.EXACT", -1)
    query = Query(text="客服", shift="day")
    with CaptureQueriesContext(connection) as first:
        results(query)
    with CaptureQueriesContext(connection) as again:
        results(query)
    planning.forget()
    with CaptureQueriesContext(connection) as after:
        results(query)
    asked = [sum("sampleindex" in q["sql"] for q in c) for c in (first, again, after)]
    assert asked[1] == 0 < asked[0] == asked[2]


def test_the_sample_follows_the_index(cast: Cast) -> None:
    many = make_many(cast, 150)
    inside = {posting.pk for posting in many if in_sample(posting.pk)}
    assert set(SampleIndex.objects.values_list("pk", flat=True)) == inside
    Posting.objects.update(state="closed")
    index_postings(list(Posting.objects.select_related("organization")))
    assert not SampleIndex.objects.exists()


def test_a_thinner_sample_is_part_of_the_sample_and_even() -> None:
    numbers = range(1, 640_001)
    for thin in (2, 16):
        inside = [
            n for n in numbers if (n * SCATTER & 0xFFFFFFFF) < sampled_below(thin)
        ]
        assert abs(len(inside) - 640_000 // SAMPLE_RATE // thin) < 100
        assert all(map(in_sample, inside))


def test_common_words_are_counted_in_a_part_of_the_sample(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.search.access.planning.EXACT", -1)
    monkeypatch.setattr("jobs.search.access.planning.ENOUGH", 4)
    asked = []
    for about in (0, 10_000):
        monkeypatch.setattr(
            "jobs.search.access.planning.expected", lambda *_, a=about: a
        )
        planning.forget()
        with CaptureQueriesContext(connection) as seen:
            results(Query(text="客服"))
        asked.append(
            [str(SCATTER) in q["sql"] for q in seen if "sampleindex" in q["sql"]]
        )
    # In the thin part there is nothing: the whole is asked after it.
    assert asked == [[False], [True, False]]


def test_the_sample_is_even() -> None:
    hits = sum(map(in_sample, range(1, 640_001)))
    assert abs(hits - 640_000 // SAMPLE_RATE) < 500


def test_folded_frequencies_are_those_that_counting_finds(cast: Cast) -> None:
    many = make_many(cast, 20)
    fold_words()
    for posting in many[:7]:
        posting.state = "closed"
        posting.save()
    index_postings(many[:12])
    fold_words()
    kept = dict(WordFrequency.objects.exclude(entries=0).values_list())
    count_words()
    assert kept == dict(WordFrequency.objects.values_list())


def test_entries_of_an_older_cut_are_found_until_they_are_rewritten(
    many: list[Posting], monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE jobs_search_postingindex SET words = ts_delete(words, '在线客服'),"
            " tokenizer_version = 1"
        )
    # The word alone: its synonyms may be found by their older cut.
    assert count(Query(words=(("在线客服",),))) == 0
    monkeypatch.setattr(
        "jobs.search.rules.segmentation.domain_words",
        lambda version=2: () if version == 1 else ("在线客服",),
    )
    planning.forget()
    PostingIndex.objects.update(tokenizer_version=1)
    assert planning.older_versions()[0] == 1


@pytest.mark.parametrize(
    "query",
    [
        Query(text="客服" * 5000),
        Query(words=(("a\0b", "'\\"), ("\ud800",), ("",)), without=("'", "\0", "!(")),
        Query(words=tuple((f"w{n}",) for n in range(500))),
        Query(city_code="'", occupation="\0", shift="|", lowest_pay=10**12),
        Query(lowest_pay=-5, experience=-3, posted_within=-1),
        Query(experience=10**9, posted_within=10**9, sort="??"),
        Query(sort="nearest", near=(91.0, 500.0)),
    ],
)
def test_no_query_fails_or_takes_long(many: list[Posting], query: Query) -> None:
    results(query)
    started = time.perf_counter()
    results(query)
    suggestions(query)
    assert time.perf_counter() - started < 1.5


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.text(max_size=50), st.text(max_size=12), st.text(max_size=60))
def test_no_text_fails(cast: Cast, text: str, word: str, place: str) -> None:
    query = Query(text=text, words=((word, text),), without=(word,), shift=word)
    results(query, after=place, before=word)
    results(replace(query, sort="pay"), after=f"p..{place}.1.2")


@pytest.mark.parametrize("place", ["s.1-2-.5.5.5", "t..1.1.1", "n..1.1.1", "x", "p..."])
def test_a_place_of_another_search_means_the_first_page(
    many: list[Posting], place: str
) -> None:
    query = Query(sort="pay")
    again = results(query, after=place).page
    assert again == results(query).page
