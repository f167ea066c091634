from __future__ import annotations

import re
from dataclasses import dataclass

from accounts.seekers.enums import LEVELS, Education

_WORDS: dict[str, Education] = {
    "小学": Education.JUNIOR_HIGH,
    "初中": Education.JUNIOR_HIGH,
    "高中": Education.HIGH_SCHOOL,
    "中专": Education.HIGH_SCHOOL,
    "中技": Education.HIGH_SCHOOL,
    "职高": Education.HIGH_SCHOOL,
    "技校": Education.HIGH_SCHOOL,
    "中职": Education.HIGH_SCHOOL,
    "high school": Education.HIGH_SCHOOL,
    "大专": Education.COLLEGE,
    "专科": Education.COLLEGE,
    "高职": Education.COLLEGE,
    "associate degree": Education.COLLEGE,
    "college diploma": Education.COLLEGE,
    "本科": Education.BACHELOR,
    "学士": Education.BACHELOR,
    "bachelor": Education.BACHELOR,
    "硕士": Education.MASTER,
    "研究生": Education.MASTER,
    "博士": Education.MASTER,
    "mba": Education.MASTER,
    "master's": Education.MASTER,
    "postgraduate": Education.MASTER,
    "phd": Education.MASTER,
    "doctorate": Education.MASTER,
}
_LEVEL = "|".join(_WORDS)
_ANY_LEVEL = re.compile(_LEVEL)
# 无 in a board's column means that the column is empty.
_OPEN_FIELD = frozenset({"不限", "无要求", "学历不限", "no requirements"})
_UNLIMITED = re.compile(
    r"学历不限|不限学历|无学历要求|学历无要求|对学历(?:无|没有)要求|学历要求不限"
)
# 大专及以上, 中专/高中以上学历, 本科学历, 学历要求:大专 - but not 本科优先.
_FLOOR = re.compile(
    rf"(?P<a>(?:{_LEVEL})(?:[/、或,(]\s*(?:{_LEVEL}))*)[)]?\s*(?:毕业)?(?:学历)?(?:\(含\))?"
    r"(?:含)?(?:及其?|或者?|\(含\))?以上(?!优先)"
    rf"|(?:学历|文化程度)(?:要求)?\s*:?\s*(?:为|需|在)?(?:全日制|统招|国家统招)?(?P<b>{_LEVEL})"
    rf"|(?P<c>{_LEVEL})(?:及以上)?学历(?!者?优先|的?优先)"
    r"|(?P<d>bachelor|master's|associate degree|high school|college diploma)\S*\s+(?:degree|diploma|or above|and above|required)"
)
_IN_PLACE = re.compile(
    r"(?:经验|优秀|能力强|条件好|突出|丰富|资深)[^。;\n]{0,16}?(?:学历|条件|要求|年限)?[^。;\n]{0,6}?"
    r"(?:放宽(?![^,。]{0,6}经验)|降低|放低|不限学历|学历不限|忽略学历)"
    r"|学历[^,。;\n]{0,6}?(?:放宽|降低|放低)"
    r"|experience\s+in\s+(?:place|lieu)\s+of\s+(?:a\s+)?(?:degree|education)|or equivalent experience"
)
_IS_ABOUT_EDUCATION = re.compile(r"学历|条件|要求|experience|equivalent")


@dataclass(frozen=True, slots=True)
class EducationFacts:
    """Lowest schooling asked for; `text_level` is what the description says."""

    level: Education = Education.NONE
    is_stated: bool = False
    text_level: Education | None = None
    accepts_experience: bool = False

    @property
    def contradicts(self) -> bool:
        return self.text_level is not None and self.text_level != self.level


def parse_education(field: str, text: str = "") -> EducationFacts:
    """`field` and `text` are folded; the field wins, the text fills a gap."""
    stated = _from_field(field)
    in_text = _from_text(text)
    level = stated if stated is not None else in_text
    return EducationFacts(
        level=level or Education.NONE,
        is_stated=level is not None,
        text_level=in_text,
        accepts_experience=_accepts_experience(text),
    )


def _from_field(field: str) -> Education | None:
    found = [_WORDS[m.group()] for m in _ANY_LEVEL.finditer(field)]
    if found:
        return min(found, key=LEVELS.__getitem__)
    if field.strip() in _OPEN_FIELD:
        return Education.NONE
    return None


def _from_text(text: str) -> Education | None:
    if _UNLIMITED.search(text):
        return Education.NONE
    match = _FLOOR.search(text)
    if match is None:
        return None
    return _from_field(match.group())


def _accepts_experience(text: str) -> bool:
    if not ("放宽" in text or "降低" in text or "放低" in text or "学历" in text):
        return "equivalent experience" in text or "of education" in text
    match = _IN_PLACE.search(text)
    if match is None:
        return False
    around = text[max(0, match.start() - 4) : match.end() + 6]
    return _IS_ABOUT_EDUCATION.search(around) is not None
