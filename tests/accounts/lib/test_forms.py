from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from accounts.lib.forms import (
    Chips,
    DateInput,
    MoneyRangeField,
    RadioCards,
    Switch,
)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        (forms.CharField(max_length=3), "四个字的"),
        (forms.CharField(min_length=3), "两字"),
        (forms.ChoiceField(choices=[("a", "A")]), "b"),
        (forms.IntegerField(max_value=3), "4"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(
    field: forms.Field, value: str, language: str
) -> None:
    with override(language), pytest.raises(ValidationError) as wrong:
        field.clean(value)
    said = "".join(wrong.value.messages)
    assert "变量" not in said
    assert "該值" not in said
    assert "字元" not in said
    assert "有效" not in said


def test_a_choice_that_went_meanwhile_is_said_in_plain_words() -> None:
    gone = forms.ModelChoiceField.default_error_messages["invalid_choice"]
    with override("zh-hans"):
        assert str(gone) == "这一项现在不能选了，请选别的。"


class Tags(HTMLParser):
    """Every start tag of a fragment as (name, attributes)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]

    def ids(self) -> set[str | None]:
        return {attrs["id"] for _name, attrs in self.found if "id" in attrs}


class AskForm(forms.Form):
    name = forms.CharField(label="Name", help_text="A <b>nickname</b>", max_length=20)
    contact = forms.ChoiceField(
        choices=[("text", "Chat"), ("any", "Any")],
        widget=RadioCards(descriptions={"text": "No calls at all"}),
        help_text="Pick one",
    )
    skills = forms.MultipleChoiceField(
        choices=[("a", "Listening")], widget=Chips, required=False
    )
    about = forms.CharField(widget=forms.Textarea, max_length=300, required=False)
    start = forms.DateField(widget=DateInput, required=False)
    remind = forms.BooleanField(widget=Switch, required=False)
    pay = MoneyRangeField(unit="yuan", required=False)
    token = forms.CharField(widget=forms.HiddenInput)


def field(name: str, data: dict[str, str] | None = None) -> str:
    return AskForm(data)[name].as_field_group()


@pytest.mark.parametrize("name", list(AskForm.base_fields))
def test_what_a_control_is_described_by_exists(name: str) -> None:
    tags = Tags(field(name, {"pay_0": "9", "pay_1": "1"}))
    described = " ".join(
        attrs.get("aria-describedby") or "" for _tag, attrs in tags.found
    )
    assert set(described.split()) <= tags.ids()


@pytest.mark.parametrize("name", ["name", "about", "start"])
def test_label_points_at_its_control(name: str) -> None:
    tags = Tags(field(name))
    assert tags.named("label")[0]["for"] in tags.ids()


def test_wrong_field_says_so_beside_the_control() -> None:
    html = field("name", {})
    (control,) = Tags(html).named("input")
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"] == "id_name_helptext id_name_error"
    assert "这里要填。" in html


def test_help_text_is_escaped() -> None:
    assert "A &lt;b&gt;nickname&lt;/b&gt;" in field("name")


def test_only_optional_fields_are_marked() -> None:
    assert "optional" not in field("name")
    assert 'class="optional"' in field("about")


def test_choices_are_one_group_with_a_legend() -> None:
    tags = Tags(field("contact"))
    assert len(tags.named("fieldset")) == len(tags.named("legend")) == 1
    assert [i["type"] for i in tags.named("input")] == ["radio", "radio"]


def test_choice_carries_its_description() -> None:
    assert "<small>No calls at all</small>" in field("contact")


def test_switch_is_announced_as_one() -> None:
    (control,) = Tags(field("remind")).named("input")
    assert (control["type"], control["role"]) == ("checkbox", "switch")


def test_long_text_gets_a_counter_for_its_own_control() -> None:
    counters = [p for p in Tags(field("about")).named("p") if "data-counter-for" in p]
    assert [p["data-counter-for"] for p in counters] == ["id_about"]


def test_hidden_field_has_no_frame() -> None:
    assert [name for name, _attrs in Tags(field("token")).found] == ["input"]


@pytest.mark.parametrize(
    ("low", "high", "value"),
    [
        ("5000", "7000", (5000, 7000)),
        ("5000", "", (5000, None)),
        ("", "7000", (None, 7000)),
        ("6000", "6000", (6000, 6000)),
    ],
)
def test_money_range_takes_either_end(
    low: str, high: str, value: tuple[int | None, int | None]
) -> None:
    cleaned = MoneyRangeField(unit="yuan").clean([low, high])
    assert cleaned == value


@pytest.mark.parametrize(
    ("low", "high"), [("7000", "5000"), ("-1", "5000"), ("a", "5000"), ("1", "9999999")]
)
def test_money_range_refuses_nonsense(low: str, high: str) -> None:
    with pytest.raises(forms.ValidationError):
        MoneyRangeField(unit="yuan").clean([low, high])


def test_money_range_shows_what_was_saved() -> None:
    html = AskForm(initial={"pay": (5000, None)})["pay"].as_field_group()
    assert [i.get("value") for i in Tags(html).named("input")] == ["5000", None]


def test_whole_form_starts_with_the_summary_and_keeps_hidden_fields() -> None:
    html = str(AskForm({}))
    assert html.index("data-error-summary") < html.index("id_name_error")
    assert 'name="token"' in html
