from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.utils import translation
from hypothesis import given, strategies as st

from jobs.screening.enums import Category
from jobs.screening.explain import grouped, marked, rules_by_category, shown_rule


def hit(start: int, end: int, severity: str = "review", rule: str = "disc-age") -> Any:
    return SimpleNamespace(
        rule=rule, severity=severity, field="title", excerpt="x", start=start, end=end
    )


@given(
    st.text(max_size=40),
    st.lists(
        st.tuples(st.integers(0, 45), st.integers(1, 10), st.sampled_from("br")),
        max_size=6,
    ),
)
def test_marking_never_changes_the_text(
    text: str, spans: list[tuple[int, int, str]]
) -> None:
    severities = {"b": "block", "r": "review"}
    hits = [hit(start, start + size, severities[s]) for start, size, s in spans]
    assert "".join(part.text for part in marked(text, hits)) == text


def test_where_findings_overlap_the_gravest_shows() -> None:
    parts = marked("abcdef", [hit(0, 4), hit(2, 6, "block", "disc-gender")])
    assert [(p.text, p.severity) for p in parts] == [
        ("ab", "review"),
        ("cd", "block"),
        ("ef", "block"),
    ]


def test_the_gravest_rule_comes_first_and_quotes_once() -> None:
    found = grouped([hit(0, 1), hit(2, 3), hit(0, 1, "block", "disc-gender")])
    assert [(h.rule.id, h.quotes) for h in found] == [
        ("disc-gender", ["x"]),
        ("disc-age", ["x"]),
    ]


def test_a_rule_that_left_the_catalogue_is_passed_over() -> None:
    assert grouped([hit(0, 1, rule="gone-rule")]) == []


def test_clauses_are_set_as_the_language_sets_them() -> None:
    def articles(language: str) -> list[str]:
        with translation.override(language):
            rule = shown_rule("fee-id-hold-guarantor")
        assert rule is not None
        return [citation.article for citation in rule.citations]

    assert "9, 84(1)(2)" in articles("en")
    assert "9、84（1）（2）" in articles("zh-hans")


def test_the_chapters_begin_with_the_gravest_and_end_with_praise() -> None:
    names = [name for name, _rules in rules_by_category()]
    labels = [str(label) for label in Category.labels]
    assert names == [label for label in labels if label in names]
    assert names[0] == str(Category.COLLECTION.label)
