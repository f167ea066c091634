from __future__ import annotations

import pytest

from accounts.seekers.forms.past import EducationForm
from accounts.seekers.forms.place import PlaceForm
from accounts.seekers.forms.privacy import ContactForm, HiddenForm
from accounts.seekers.forms.screens import StepForm
from accounts.seekers.forms.wishes import WantedForm
from accounts.seekers.models import SeekerProfile


def filled(form: type[StepForm], **data: object) -> StepForm:
    return form(SeekerProfile(visibility=0), data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"city": "上海", "district": "浦东"}, ("3101", "浦东新区", [])),
        ({"city": "上海浦东新区"}, ("3101", "浦东新区", [])),
        ({"city": "Chengdu"}, ("5101", "", [])),
        (
            {"city": "臺州", "also": "苏州、杭州,上海"},
            ("3310", "", ["3205", "3301", "3101"]),
        ),
        ({"city": "上海", "also": "上海 杭州"}, ("3101", "", ["3301"])),
    ],
)
def test_places_are_found_as_people_write_them(
    data: dict[str, str], expected: tuple[str, str, list[str]]
) -> None:
    form = filled(PlaceForm, **data)
    assert form.is_valid(), form.errors
    answers = form.answers()
    assert tuple(answers.values()) == expected


def test_an_unknown_city_is_named_in_the_error() -> None:
    form = filled(PlaceForm, city="亚特兰蒂斯")
    assert "亚特兰蒂斯" in str(form.errors["city"])


def test_an_unknown_district_lists_those_there_are() -> None:
    form = filled(PlaceForm, city="上海", district="朝阳区")
    assert "浦东新区" in str(form.errors["district"])


def test_a_wish_needs_a_tick_or_a_sentence() -> None:
    assert not filled(WantedForm).is_valid()
    assert filled(WantedForm, wish_text="想接电话").is_valid()
    assert filled(WantedForm, wanted_occupations=["online_chat"]).is_valid()
    assert not filled(WantedForm, wanted_occupations=["astronaut"]).is_valid()


def test_age_becomes_a_year_of_birth_and_may_stay_empty() -> None:
    form = filled(EducationForm, education="", age="")
    assert form.is_valid()
    assert form.answers()["birth_year"] is None
    form = filled(EducationForm, education="junior_high", age="24")
    assert form.is_valid()
    assert 1990 < form.answers()["birth_year"] < 2100


@pytest.mark.django_db
def test_hidden_employers_come_by_name_or_code_one_a_line() -> None:
    form = HiddenForm(
        SeekerProfile(pk=1),
        {"former": "旧东家\n\n 91000000ma1a00104q \n旧东家", "chosen": "另一家"},
    )
    assert form.is_valid(), form.errors
    rows = [(row.name, row.uscc, row.reason) for row in form.hidden_from() or []]
    assert rows == [
        ("旧东家", "", "former"),
        ("", "91000000MA1A00104Q", "former"),
        ("另一家", "", "chosen"),
    ]


@pytest.mark.django_db
def test_a_single_letter_hides_nobody() -> None:
    form = HiddenForm(SeekerProfile(pk=1), {"former": "A"})
    assert "former" in form.errors


@pytest.mark.parametrize(
    ("phone", "is_fine"),
    [
        ("138 0000 0000", True),
        ("+86 138-0000-0000", True),
        ("12345", False),
        ("", True),
    ],
)
def test_phone_numbers_may_be_written_with_spaces(phone: str, is_fine: bool) -> None:
    data = {"pseudonym": "海风", "visibility": "0", "contact_phone": phone}
    assert filled(ContactForm, **data).is_valid() is is_fine
