from __future__ import annotations

import pytest
from django.utils import translation

from accounts.lib.debtor_data import PHONE
from accounts.lib.guards import (
    DebtorDataFound,
    DebtorDataGuard,
    GuardedBlockField,
    GuardedLineField,
    guarded_file_name,
)

ID = "11010519491231002X"
ROWS = "张三,138****0000,12000\n李四,139****1111,8000"


class NoteForm(DebtorDataGuard):
    title = GuardedLineField(max_length=80, let={PHONE})
    note = GuardedBlockField(max_length=80, required=False)

    def own_phones(self) -> tuple[str, ...]:
        return ("+8613800000000",)


def filled(note: str, title: str = "你好") -> NoteForm:
    return NoteForm({"title": title, "note": note})


def test_what_is_refused_is_quoted_masked_and_still_there() -> None:
    form = filled(f"客户{ID}")
    (text,) = form.errors["note"]
    assert "1101…2X" in text
    assert ID not in text
    assert f"客户{ID}" in str(form["note"])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ("《刑法》", "《个人信息保护法》", "举报")),
        ("zh-hant", ("《刑法》", "《個人信息保護法》", "檢舉")),
        ("en", ("253-1", "Protection Law", "report")),
    ],
)
def test_it_says_why_and_what_to_do(language: str, words: tuple[str, ...]) -> None:
    with translation.override(language):
        (text,) = filled(ROWS).errors["note"]
    assert all(word in text for word in words)


def test_the_writers_own_number_passes() -> None:
    assert filled("打我 138-0000-0000，张三").is_valid()


def test_a_field_may_let_some_things_through() -> None:
    assert filled("", title="张三 13900000001").is_valid()
    assert not filled("张三 13900000001").is_valid()


def test_the_form_counts_what_it_refused() -> None:
    found = filled(ROWS, title=f"{ID} {ID}").debtor_hits()
    assert sorted(hit.kind for hit in found) == ["id_number", "id_number", "ledger"]
    assert NoteForm().debtor_hits() == []


def test_a_file_is_known_by_its_name() -> None:
    assert guarded_file_name("离职证明.png") == "离职证明.png"
    with pytest.raises(DebtorDataFound):
        guarded_file_name("逾期客户名单.xlsx")
