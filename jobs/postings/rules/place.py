from __future__ import annotations

import re
from dataclasses import dataclass

from accounts.lib.places import find_place, find_province

_REMOTE = re.compile(
    r"远程|居家|在家办公|线上办公|remote|work from home|telecommute", re.I
)
_ABROAD = re.compile(r"国外|海外|境外|abroad|overseas", re.I)
_ANYWHERE = re.compile(r"异地|全国|不限|多地|各地")
_NOTHING = frozenset({"", "无", "none", "null", "nan", "-"})
_LABELLED = re.compile(
    r"(?:工作地点|工作地址|上班地点|上班地址|公司地址|面试地址|办公地点|地址)\s*[】\]]?\s*[:：]?\s*"
    r"(?P<where>(?:(?!职位|岗位|任职|联系|公交)[^。;；\n】【]){2,60})"
)


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Where the work is; `reason` says why no city is known.

    missing, remote, abroad, anywhere, province-only or unknown.
    """

    city_code: str = ""
    city_name: str = ""
    district_code: str = ""
    district: str = ""
    area: str = ""
    street: str = ""
    is_remote: bool = False
    is_from_description: bool = False
    reason: str = ""


def parse_place(text: str, description: str = "") -> PlaceFacts:
    """City and district of a board's city field; the description's address if none."""
    text = text.strip()
    facts = _read(text)
    if facts.city_code or not description:
        return facts
    found = _LABELLED.search(description)
    if found:
        from_text = _read(found["where"].strip(), is_from_description=True)
        if from_text.city_code:
            return from_text
    return facts


def _read(text: str, *, is_from_description: bool = False) -> PlaceFacts:
    place = find_place(text)
    is_remote = _REMOTE.search(text) is not None
    if place.city is None:
        return PlaceFacts(
            is_remote=is_remote, reason=_reason(text, is_remote=is_remote)
        )
    district = place.district
    return PlaceFacts(
        city_code=place.city.code,
        city_name=place.city.zh_hans,
        district_code=district.code if district else "",
        district=district.zh_hans if district else "",
        area=place.area,
        street=text[:120] if is_from_description or len(text) > 16 else "",
        is_remote=is_remote,
        is_from_description=is_from_description,
    )


def _reason(text: str, *, is_remote: bool) -> str:
    if text.lower() in _NOTHING:
        return "missing"
    if is_remote:
        return "remote"
    if _ABROAD.search(text):
        return "abroad"
    if find_province(text):
        return "province-only"
    if _ANYWHERE.search(text):
        return "anywhere"
    return "unknown"
