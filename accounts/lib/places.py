from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

_DATA = Path(__file__).parent / "data" / "divisions.json"
_EARTH_RADIUS_KM = 6371.0

# Names people and job boards use that no division carries.
_ALIASES = {
    "燕郊": ("1310", "三河市", "燕郊"),
    "雄安新区": ("1306", "", "雄安新区"),
    "雄安": ("1306", "", "雄安新区"),
    "浦东": ("3101", "浦东新区", ""),
    "天府新区": ("5101", "", "天府新区"),
    "西咸新区": ("6101", "", "西咸新区"),
}
# English spellings that several cities share: the one a reader most likely means.
_ENGLISH_FIRST = {"suzhou": "3205", "fuzhou": "3501", "taizhou": "3310"}
_ENGLISH_ALIASES = {
    "peking": "1101",
    "canton": "4401",
    "hk": "8100",
    "hongkong": "8100",
    "macau": "8200",
    "pudong": "3101",
}
# 海南 means the province: the prefecture of that name is in Qinghai.
_PROVINCE_ONLY = frozenset({"海南"})
# A short city name followed by one of these is part of something else: 南京路, 朝阳区.
_NOT_A_CITY = re.compile(
    r"[东西南北中]?(?:[路街桥站村镇乡区县旗省]|大?道|大[街厦学]|广场|公园)"
)
_SEPARATORS = re.compile(r"^[\s\-·•・,,、/|]+|[\s\-·•・,,、/|]+$")
_CITY_SUFFIX = re.compile(r"(?:特别行政区|自治州|地区|市|州|盟)")
_ZONES = (
    ("高新", ("高新技术产业开发区", "高新技术开发区", "高新技术产业园区")),
    ("经开", ("经济技术开发区", "经济开发区")),
    ("经济技术开发区", ("经济技术开发区",)),
    ("工业园区", ("工业园区",)),
)


@dataclass(frozen=True, slots=True)
class District:
    code: str
    city_code: str
    zh_hans: str
    zh_hant: str
    en: str
    lat: float
    lng: float

    def name(self, language: str = "zh-hans") -> str:
        return _name(self, language)


@dataclass(frozen=True, slots=True)
class City:
    """A prefecture-level city; `code` is the GB/T 2260 code, four digits, or six for
    a place directly under its province."""

    code: str
    province_code: str
    zh_hans: str
    zh_hant: str
    en: str
    lat: float
    lng: float
    districts: tuple[District, ...]

    def name(self, language: str = "zh-hans") -> str:
        return _name(self, language)


@dataclass(frozen=True, slots=True)
class Province:
    code: str
    zh_hans: str
    zh_hant: str
    en: str
    cities: tuple[City, ...]

    def name(self, language: str = "zh-hans") -> str:
        return _name(self, language)


class Place(NamedTuple):
    """What a text says about where: `area` keeps words that are no district (长安镇)."""

    city: City | None = None
    district: District | None = None
    area: str = ""


def _name(place: Province | City | District, language: str) -> str:
    language = language.lower()
    if language.startswith("en"):
        return place.en
    if language in {"zh-hant", "zh-tw", "zh-hk"}:
        return place.zh_hant
    return place.zh_hans


@cache
def provinces() -> tuple[Province, ...]:
    with _DATA.open(encoding="utf-8") as file:
        rows = json.load(file)["provinces"]
    return tuple(_province(row) for row in rows)


def _province(row: list[Any]) -> Province:
    code, hans, hant, english, cities = row
    return Province(
        code, hans, hant or hans, english, tuple(_city(code, city) for city in cities)
    )


def _city(province_code: str, row: list[Any]) -> City:
    code, hans, hant, english, lat, lng, districts = row
    # A few young places have no coordinates in the source: the middle of Xinjiang's
    # garrison cities is not worth a guess, so they sit at their regional capital.
    lat, lng = (lat, lng) if lat is not None else (43.825, 87.617)
    found = (
        District(
            d_code,
            code,
            d_hans,
            d_hant or d_hans,
            d_english,
            d_lat if d_lat is not None else lat,
            d_lng if d_lng is not None else lng,
        )
        for d_code, d_hans, d_hant, d_english, d_lat, d_lng in districts
    )
    return City(
        code, province_code, hans, hant or hans, english, lat, lng, tuple(found)
    )


def cities_by_province() -> list[tuple[Province, tuple[City, ...]]]:
    return [(province, province.cities) for province in provinces()]


@cache
def cities() -> tuple[City, ...]:
    return tuple(city for province in provinces() for city in province.cities)


@cache
def _cities_by_code() -> dict[str, City]:
    return {city.code: city for city in cities()}


@cache
def _districts_by_code() -> dict[str, District]:
    return {d.code: d for city in cities() for d in city.districts}


def city_by_code(code: str) -> City | None:
    return _cities_by_code().get(code)


def district_by_code(code: str) -> District | None:
    return _districts_by_code().get(code)


def province_of(city: City) -> Province:
    return next(p for p in provinces() if p.code == city.province_code)


def find_province(text: str) -> Province | None:
    stem = re.sub(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区)$", "", text.strip()).lower()
    names = ((p, {p.zh_hans, p.zh_hant, p.en.lower()}) for p in provinces())
    return next((province for province, known in names if stem in known), None)


def find_city(text: str) -> City | None:
    """The city a text names, in Simplified or Traditional Chinese or English."""
    return find_place(text).city


@lru_cache(maxsize=16384)
def find_place(text: str) -> Place:
    """City, district and leftover area of "深圳-南山区", "昆山" or a full address."""
    folded = unicodedata.normalize("NFKC", text).strip()[:200].replace("臺", "台")
    if not folded:
        return Place()
    return _find_chinese(folded) or _find_english(folded) or Place()


def find_district(city: City, text: str) -> District | None:
    """The district of `city` that `text` starts with; short forms count (南山)."""
    found = _leading_district(city, _trim(text))
    return found[0] if found else None


def _find_chinese(text: str) -> Place | None:
    hit = _city_hit(text)
    if hit is None:
        return _alias_or_district(text)
    city, end = hit
    rest = text[end:]
    suffix = _CITY_SUFFIX.match(rest)
    rest = rest[suffix.end() :] if suffix else rest
    rest = _trim(rest)
    district = _leading_district(city, rest)
    if district:
        return Place(city, district[0], _area(rest[district[1] :]))
    return Place(city, _zone(city, rest), _area(rest))


def _trim(text: str) -> str:
    return _SEPARATORS.sub("", text)


def _area(rest: str) -> str:
    rest = _trim(rest)
    return rest if 1 < len(rest) <= 20 else ""


def _city_hit(text: str) -> tuple[City, int] | None:
    """The first city named, or a later one inside the province just named (吉林长春)."""
    hits = _city_hits(text)
    first = next(hits, None)
    if first is None:
        return None
    city, end = first
    province = province_of(city)
    if city.zh_hans == province.zh_hans and len(province.cities) > 1:
        second = next(hits, None)
        if second and second[0] in province.cities and second[0] is not city:
            return second
    return city, end


def _city_hits(text: str) -> Iterator[tuple[City, int]]:
    names, longest = _city_names()
    start = 0
    while start < len(text) - 1:
        for size in range(min(longest, len(text) - start), 1, -1):
            city = names.get(text[start : start + size])
            end = start + size
            if city and (end == len(text) or not _NOT_A_CITY.match(text, end)):
                yield city, end
                start = end - 1
                break
        start += 1


@cache
def _city_names() -> tuple[dict[str, City], int]:
    names: dict[str, City] = {}
    for city in cities():
        if city.zh_hans in _PROVINCE_ONLY:
            continue
        names.setdefault(city.zh_hans, city)
        names.setdefault(city.zh_hant, city)
    return names, max(map(len, names))


def _alias_or_district(text: str) -> Place | None:
    for alias, (code, district_name, area) in _ALIASES.items():
        if alias in text:
            city = _cities_by_code()[code]
            return Place(city, find_district(city, district_name), area)
    names, longest = _unique_districts()
    for start in range(len(text) - 1):
        for size in range(min(longest, len(text) - start), 1, -1):
            district = names.get(text[start : start + size])
            end = start + size
            if district and (end == len(text) or not _NOT_A_CITY.match(text, end)):
                return Place(_cities_by_code()[district.city_code], district)
    return None


@cache
def _unique_districts() -> tuple[dict[str, District], int]:
    """Names that only one district in the country has; 昆山 stands for 昆山市."""
    seen: dict[str, District | None] = {}
    for city in cities():
        for district in city.districts:
            for name in _district_names(district):
                if len(name) >= 3 or district.zh_hans.endswith("市"):
                    seen[name] = None if name in seen else district
    unique = {
        name: district
        for name, district in seen.items()
        if district and name not in _city_names()[0]
    }
    return unique, max(map(len, unique))


def _district_names(district: District) -> set[str]:
    names = {district.zh_hans, district.zh_hant}
    for name in tuple(names):
        stem = re.sub(r"(?:新区|自治县|[区區县縣市旗])$", "", name)
        if len(stem) >= 2:
            names.add(stem)
    return names


@cache
def _districts_of(city_code: str) -> dict[str, District]:
    city = _cities_by_code()[city_code]
    return {n: d for d in city.districts for n in _district_names(d)}


# A test looks whether a longer one was added.
_LONGEST_DISTRICT = 16


def _leading_district(city: City, rest: str) -> tuple[District, int] | None:
    names = _districts_of(city.code)
    for size in range(min(_LONGEST_DISTRICT, len(rest)), 1, -1):
        district = names.get(rest[:size])
        if district:
            tail = re.match(r"新?[区區县縣市]", rest[size:])
            return district, size + (tail.end() if tail else 0)
    return None


def _zone(city: City, rest: str) -> District | None:
    """The development zone meant by 高新区, when the city has exactly one listed."""
    for start, endings in _ZONES:
        if start in rest[:12]:
            found = [d for d in city.districts if d.zh_hans.endswith(endings)]
            return found[0] if len(found) == 1 else None
    return None


@cache
def _english_names() -> dict[str, City]:
    names: dict[str, City] = {}
    shared: set[str] = set()
    for city in cities():
        key = _english_key(city.en)
        if key in names:
            shared.add(key)
        names[key] = city
    for key in shared - _ENGLISH_FIRST.keys():
        del names[key]
    for key, code in (_ENGLISH_FIRST | _ENGLISH_ALIASES).items():
        names[key] = _cities_by_code()[code]
    return names


def _english_key(text: str) -> str:
    folded = text.lower().replace("ü", "u")
    return re.sub(r"[^a-z]", "", folded)


def _find_english(text: str) -> Place | None:
    if not re.search(r"[A-Za-z]{2}", text):
        return None
    pieces = [p for p in re.split(r"[,;/|()·\-]+", text.lower()) if p.strip()]
    for piece in pieces:
        words = re.sub(r"\b(?:city|municipality|province)\b", " ", piece).split()
        for size in (len(words), 2, 1):
            for start in range(max(len(words) - size + 1, 0)):
                key = _english_key("".join(words[start : start + size]))
                city = _english_names().get(key)
                if city:
                    return Place(city, _english_district(city, pieces))
    return None


def _english_district(city: City, pieces: list[str]) -> District | None:
    keys = {_english_key(re.sub(r"\bdistrict\b", " ", piece)) for piece in pieces}
    for district in city.districts:
        stem = re.sub(r" (?:District|County|City|New Area)$", "", district.en)
        if _english_key(stem) in keys:
            return district
    return None


def distance_km(a: City | District, b: City | District) -> float:
    """Great-circle distance, good to about a kilometre."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a)
        * math.cos(lat_b)
        * math.sin(math.radians(b.lng - a.lng) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def nearby_cities(city: City, within_km: float = 100) -> list[tuple[City, float]]:
    """Other cities within reach, nearest first, with their distance in kilometres."""
    near = (
        (other, distance_km(city, other)) for other in cities() if other is not city
    )
    return sorted(
        ((other, km) for other, km in near if km <= within_km), key=lambda pair: pair[1]
    )
