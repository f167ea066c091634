"""Which companies belong together, from what their names and addresses show.

Whoever hides from one company hides from its branches, its parent and its sisters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from accounts.employers.rules.contacts import normal_name
from accounts.lib.places import cities, provinces

# One character would hide half the board.
_SHORTEST = 2
_BRACKETS = re.compile(r"[（(【\[].*?[)）】\]]")
# From a branch's tail to the legal form, again and again from the end.
_FORM = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|分公司|子公司|总公司|分行|支行|公司|集团|控股|总部)$"
)
# A kind of company, no name: 上海银行 and 北京银行 are two.
_KINDS = frozenset({"银行", "保险", "证券", "物业", "物流", "科技", "金融", "客服"})
# A shared address at one of these says nothing; neither does one of RFC 2606.
_OPEN_TO_ALL = frozenset(
    [
        "qq.com",
        "foxmail.com",
        "163.com",
        "126.com",
        "yeah.net",
        "sina.com",
        "sina.cn",
        "sohu.com",
        "139.com",
        "189.cn",
        "aliyun.com",
        "21cn.com",
        "tom.com",
        "wo.cn",
        "88.com",
        "263.net",
        "gmail.com",
        "hotmail.com",
        "outlook.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "icloud.com",
        "me.com",
        "proton.me",
        "protonmail.com",
        "example.com",
        "example.net",
        "example.org",
    ]
)


@dataclass(frozen=True, slots=True)
class Circle:
    """A company and those that belong to it: codes, plain names and their trunks."""

    codes: frozenset[str]
    names: frozenset[str]
    trunks: frozenset[str]

    def holds(self, *, uscc: str, name: str) -> bool:
        """Whether a code or a name, as somebody typed it, means one of them."""
        if uscc and uscc.strip().upper() in self.codes:
            return True
        hidden = normal_name(name)
        if len(hidden) < _SHORTEST:
            return False
        return trunk_of(name) in self.trunks or any(
            hidden in known or known in hidden for known in self.names
        )


def circle_of(codes: list[str], names: list[str]) -> Circle:
    plain = {normal_name(name) for name in names}
    trunks = {trunk_of(name) for name in names}
    return Circle(
        frozenset(code for code in codes if code),
        frozenset(name for name in plain if len(name) >= _SHORTEST),
        frozenset(trunk for trunk in trunks if len(trunk) >= _SHORTEST),
    )


def trunk_of(name: str) -> str:
    """What is left of a company's name without place, legal form and branch."""
    return _without_place(_without_form(normal_name(_BRACKETS.sub("", name))))


def _without_form(name: str) -> str:
    while (shorter := _FORM.sub("", name)) != name:
        name = shorter
        place = next((p for p in _places() if name.endswith(p)), "")
        # 某某有限公司上海分公司: the branch's place stands before its form.
        if place and _FORM.search(name.removesuffix(place)):
            name = name.removesuffix(place)
    return name


def _without_place(name: str) -> str:
    place = next((p for p in _places() if name.startswith(p)), "")
    rest = re.sub("^[省市]", "", name.removeprefix(place)) if place else name
    return rest if len(rest) >= _SHORTEST and rest not in _KINDS else name


@cache
def _places() -> tuple[str, ...]:
    """The longest first, so that no short name cuts a long one."""
    found = {normal_name(province.zh_hans) for province in provinces()}
    found |= {normal_name(city.zh_hans) for city in cities()}
    found |= {name.removesuffix("市").removesuffix("省") for name in found}
    return tuple(sorted((n for n in found if len(n) > 1), key=lambda n: (-len(n), n)))


def company_domain(address: str) -> str:
    """The part of a mail address that only one company can have; else empty."""
    domain = address.rpartition("@")[2].lower()
    is_open = any(domain == o or domain.endswith(f".{o}") for o in _OPEN_TO_ALL)
    return "" if is_open or "." not in domain else domain
