"""Cities, districts, and the quarters and stations that stand for a district."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from accounts.lib.places import (
    City,
    District,
    cities,
    find_city,
    find_district,
    provinces,
)
from jobs.search.rules.understanding.pieces import Piece, Place
from jobs.search.rules.understanding.vocabulary import fold, lines_of

# A short city name followed by one of these is part of something else: 南京路.
_NOT_A_PLACE = re.compile(
    r"[东西南北中]?(?:[路街桥村镇乡旗省]|大?道|大[街厦学]|广场|公园|银行|话|语|菜|人)"
)
# District names that are words of their own: only with 区, or with their city.
_PLAIN_WORDS = frozenset(
    [
        "和平",
        "高新",
        "城区",
        "郊区",
        "矿区",
        "新城",
        "光明",
        "中原",
        "长安",
        "江北",
        "河东",
        "河西",
        "河北",
        "红桥",
        "通州",
        "朝阳区",
        "新都",
        "长寿",
        "万州",
        "鼓楼",
        "青山",
        "海港",
        "新华",
        "桥东",
        "桥西",
        "铁东",
        "铁西",
        "西湖",
        "东湖",
        "南湖",
    ]
)
# Cities whose districts people name without the city.
_LARGE = (
    "北京",
    "上海",
    "广州",
    "深圳",
    "成都",
    "杭州",
    "武汉",
    "重庆",
    "南京",
    "天津",
    "苏州",
    "西安",
    "郑州",
    "长沙",
)
_FIRST_OF_SHARED = {"通州": "北京", "西湖": "杭州", "江北": "重庆"}
# Cities with the name of a better known district elsewhere: only with 市.
_BEHIND_A_DISTRICT = frozenset({"朝阳"})
# Cities with the name of a province: only with all of their own name.
_BEHIND_A_PROVINCE = frozenset({"海南"})
_PROVINCE = re.compile(
    r"(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区|特别行政区)$"
)
_ENDING = re.compile(r"(?:新区|(?:\w{1,4}族)+自治县|[区县市旗])$")


def places_at(text: str, start: int) -> Piece | None:
    names, longest = place_names()
    for size in range(min(longest, len(text) - start), 1, -1):
        typed = text[start : start + size]
        places = names.get(typed)
        if places and _stands_alone(text, start, start + size):
            return Piece(start, start + size, typed, places=places)
    return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    if text[start].isascii():
        # Word boundaries were looked at where the reading starts.
        return not (text[end : end + 1].isascii() and text[end : end + 1].isalnum())
    return not _NOT_A_PLACE.match(text, end)


def province_at(text: str, start: int) -> Piece | None:
    """A province stands for all its cities."""
    names, longest = province_names()
    for size in range(min(longest, len(text) - start), 1, -1):
        typed = text[start : start + size]
        code = names.get(typed)
        if code and _stands_alone(text, start, start + size):
            return Piece(start, start + size, typed, facts=(("province_code", code),))
    return None


@cache
def province_names() -> tuple[dict[str, str], int]:
    """A municipality is read as the city it is."""
    found: dict[str, str] = {}
    for province in provinces():
        whole = {fold(province.zh_hans), fold(province.zh_hant)}
        stems = {_PROVINCE.sub("", name) for name in whole}
        formal = {f"{name}省" for name in stems}
        for name in (*whole, *stems, *formal, fold(province.en)):
            cities_too = (
                p for p in place_names()[0].get(name, ()) if not p.district_code
            )
            if len(name) > 1 and not any(cities_too):
                found[name] = province.code
    return found, max(map(len, found))


@cache
def place_names() -> tuple[dict[str, tuple[Place, ...]], int]:
    """Every name to the places it may mean."""
    found: dict[str, list[Place]] = defaultdict(list)
    for city in cities():
        for name in _city_names(city):
            found[name].append(Place(city.code))
    named = frozenset(found)
    for city in cities():
        for district in city.districts:
            for name, is_likely in _district_names(city, district).items():
                if name not in named:
                    found[name].append(Place(city.code, district.code, is_likely))
    for name, place in _quarters():
        if not any(p.district_code == place.district_code for p in found[name]):
            found[name].append(place)
    return {n: _settled(p) for n, p in found.items() if p}, max(map(len, found))


def _city_names(city: City) -> set[str]:
    names = {fold(city.zh_hans), fold(city.zh_hant)}
    names |= {name + "市" for name in names if not name.endswith("市")}
    names -= _BEHIND_A_DISTRICT | _BEHIND_A_PROVINCE
    english = fold(city.en)
    # Shared spellings are settled where places are known.
    if find_city(english) == city:
        names |= {english, english.replace(" ", ""), english.replace("'", "")}
    return {name for name in names if len(name) > 1}


def _district_names(city: City, district: District) -> dict[str, bool]:
    """Names of a district, and whether it needs no city beside it."""
    whole = {fold(district.zh_hans), fold(district.zh_hant)}
    names = dict.fromkeys(whole, True)
    is_town = district.zh_hans.endswith("市")
    for name in whole:
        stem = _ENDING.sub("", name)
        if len(stem) > 1:
            large = city.zh_hans in _LARGE and stem not in _PLAIN_WORDS
            first = _FIRST_OF_SHARED.get(stem) == city.zh_hans
            names.setdefault(stem, large or first or is_town)
    stem = re.sub(r" (?:district|county|city|new area)$", "", fold(district.en))
    if len(stem) > 4:
        names[stem] = names[f"{stem} district"] = city.zh_hans in _LARGE
    return names


def _quarters() -> list[tuple[str, Place]]:
    found = []
    for head, tail in lines_of("places.txt"):
        city_name, _, district_name = head.partition(" ")
        city = find_city(city_name)
        district = find_district(city, district_name) if city else None
        if city is None or district is None:
            raise ValueError(head)
        for name in tail.split():
            place = Place(city.code, district.code, not name.startswith("~"))
            found.append((fold(name.lstrip("~")), place))
    return found


def _settled(places: list[Place]) -> tuple[Place, ...]:
    """Of several likely places the one in a large city; otherwise none is likely."""
    likely = [place for place in places if place.is_likely]
    if len(likely) > 1:
        large = {city.code for city in cities() if city.zh_hans in _LARGE}
        kept = [place for place in likely if place.city_code in large]
        one = kept[0] if len(kept) == 1 else None
        places = [Place(p.city_code, p.district_code, p is one) for p in places]
    return tuple(places)
