from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from accounts.lib import places
from accounts.lib.places import (
    City,
    District,
    cities,
    city_by_code,
    distance_km,
    district_by_code,
    find_city,
    find_place,
    nearby_cities,
)

WHERE = {
    "深圳-南山区": ("4403", "440305", ""),
    "南京·江宁区": ("3201", "320115", ""),
    "成都-高新区": ("5101", None, "高新区"),
    "东莞-长安镇": ("4419", None, "长安镇"),
    "深圳-龙华新区": ("4403", "440309", ""),
    "青岛-市南区": ("3702", "370202", ""),
    "大连-中山区": ("2102", "210202", ""),
    "重庆·万州区": ("5001", "500101", ""),
    "重庆市云阳县": ("5001", "500235", ""),
    "北京大兴": ("1101", "110115", ""),
    "昆山": ("3205", "320583", ""),
    "义乌": ("3307", "330782", ""),
    "燕郊开发区": ("1310", "131082", "燕郊"),
    "雄安新区": ("1306", None, "雄安新区"),
    "红河州": ("5325", None, ""),
    "吉林省长春市": ("2201", None, ""),
    "吉林": ("2202", None, ""),
    "仙桃": ("429004", None, ""),
    "广东省深圳市南山区科技园": ("4403", "440305", "科技园"),
    "瀋陽市和平區": ("2101", "210102", ""),
    "臺州": ("3310", None, ""),
    "Ｓｈｅｎｚｈｅｎ": ("4403", None, ""),
    "Nanshan District, Shenzhen": ("4403", "440305", ""),
    "Xi'an, Shaanxi": ("6101", None, ""),
    "香港": ("8100", None, ""),
}
NOWHERE = ["", "无", "国外", "四川省", "海南", "南山区", "朝阳区", "中山路", "SSAS"]


@pytest.mark.parametrize(("text", "expected"), WHERE.items())
def test_finds_city_district_and_area(text: str, expected: tuple[str, ...]) -> None:
    place = find_place(text)
    assert place.city is not None
    district = place.district.code if place.district else None
    assert (place.city.code, district, place.area) == expected


@pytest.mark.parametrize("text", NOWHERE)
def test_names_no_city_when_the_text_names_none(text: str) -> None:
    assert find_city(text) is None


def test_every_city_is_found_by_its_chinese_name_in_both_scripts() -> None:
    for city in cities():
        if city.zh_hans == "海南":
            continue
        assert find_city(city.zh_hans) == city
        assert find_city(city.zh_hant) == city


def test_every_district_is_found_behind_its_city() -> None:
    for city in cities():
        for district in city.districts:
            text = f"{city.zh_hans}-{district.zh_hans}"
            if city.zh_hans != "海南":
                assert find_place(text).district == district, text


def test_municipalities_are_one_city_under_their_own_name() -> None:
    names = [city_by_code(c) for c in ("1101", "1201", "3101", "5001")]
    assert [c.zh_hans for c in names if c] == ["北京", "天津", "上海", "重庆"]
    assert all("辖" not in city.zh_hans for city in cities())


def test_names_come_in_three_languages() -> None:
    city, district = city_by_code("4406"), district_by_code("440605")
    assert city
    assert district
    assert [district.name(x) for x in ("zh-hans", "zh-hant", "en")] == [
        "南海区",
        "南海區",
        "Nanhai District",
    ]
    assert city.name("en") == "Foshan"


def test_nearby_cities_come_nearest_first() -> None:
    shenzhen = city_by_code("4403")
    assert shenzhen
    near = nearby_cities(shenzhen, within_km=75)
    assert [city.zh_hans for city, _ in near] == [
        "香港",
        "珠海",
        "东莞",
        "澳门",
        "中山",
        "惠州",
    ]


def test_beijing_to_shanghai_is_about_1070_km() -> None:
    beijing, shanghai = city_by_code("1101"), city_by_code("3101")
    assert beijing
    assert shanghai
    assert math.isclose(distance_km(beijing, shanghai), 1070, rel_tol=0.02)


def test_codes_are_unique_and_coordinates_lie_in_china() -> None:
    codes = [city.code for city in cities()]
    codes += [d.code for city in cities() for d in city.districts]
    assert len(codes) == len(set(codes)) > 3000
    for city in cities():
        places_of_city: list[City | District] = [city, *city.districts]
        for place in places_of_city:
            assert 3 < place.lat < 54
            assert 73 < place.lng < 136


def test_provinces_group_their_cities() -> None:
    grouped = {
        p.zh_hans: [c.zh_hans for c in cs] for p, cs in places.cities_by_province()
    }
    assert "深圳" in grouped["广东"]
    assert grouped["上海"] == ["上海"]


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    place = find_place(text)
    assert place.district is None or place.city is not None


def test_every_district_is_found_by_its_whole_name_alone() -> None:
    """However long it is: a place written for another system is read back."""
    lost = [
        district.zh_hans
        for city in cities()
        for district in city.districts
        if places.find_district(city, district.zh_hans) is None
    ]
    assert lost == []
