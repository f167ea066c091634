from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {
    "两": 2,
    "半": 0,
}
_YEAR = r"\d{1,2}|[一二两三四五六七八九十半]"
_FIELD = re.compile(
    rf"(?P<low>{_YEAR})\s*(?:年)?\s*(?:-|至|到)\s*(?P<high>{_YEAR})\s*年"
    rf"|(?P<least>{_YEAR})\s*\+?\s*年\s*(?:及|或|含)?以?上|(?P<most>\d{{1,2}})\s*年\s*(?:及|或)?以[下内]"
    rf"|(?P<years>{_YEAR})\s*年"
)
_NONE = re.compile(
    r"无需(?:工作|相关)?经验|无(?:工作)?经验|经验不限|不限经验|无经验要求|不需要?(?:有)?(?:任何|相关|工作)?经验"
    r"|应届|小白|零基础|0基础|no experience (?:needed|required|necessary)"
)
_IN_TEXT = re.compile(
    rf"(?P<low>{_YEAR})\s*(?:年)?\s*(?:-|至|到)\s*(?P<high>{_YEAR})\s*年[^,。;\n]{{0,18}}?(?:经验|经历|工作)"
    rf"|(?<![\d.第])(?P<least>{_YEAR})\s*\+?\s*年\s*(?P<above>\(?含?\)?(?:及|或|含)?以上)?[^,。;\n]{{0,18}}?(?:经验|经历)"
    r"|(?P<english>\d{1,2})\s*\+?\s*years?'?\s+(?:of\s+)?[a-z\s]{0,30}experience"
)
LONGEST = 30


@dataclass(frozen=True, slots=True)
class ExperienceFacts:
    """Years of work asked for; None where the advert sets no such bound."""

    min_years: int | None = None
    max_years: int | None = None
    is_stated: bool = False
    accepts_none: bool = False


def parse_experience(field: str, text: str = "") -> ExperienceFacts:
    """`field` and `text` are folded; the field wins, the text fills a gap."""
    accepts_none = _NONE.search(field) is not None
    if accepts_none or field.strip() == "不限":
        return ExperienceFacts(min_years=0, is_stated=True, accepts_none=True)
    match = _FIELD.search(field)
    if match:
        return _facts(match)
    if _NONE.search(text):
        return ExperienceFacts(min_years=0, is_stated=True, accepts_none=True)
    match = _IN_TEXT.search(text)
    if match:
        return _facts(match)
    return ExperienceFacts()


def _facts(match: re.Match[str]) -> ExperienceFacts:
    found = {k: _number(v) for k, v in match.groupdict().items() if v and k != "above"}
    if "most" in found:
        return ExperienceFacts(0, found["most"], is_stated=True)
    low = found.get("low", found.get("least", found.get("years", found.get("english"))))
    high = found.get("high")
    if low is None or low > LONGEST:
        return ExperienceFacts()
    if high is not None and high < low:
        low, high = high, low
    return ExperienceFacts(low, high, is_stated=True)


def _number(digits: str) -> int:
    return int(digits) if digits.isdigit() else _DIGITS[digits]
