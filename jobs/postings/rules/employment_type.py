from __future__ import annotations

import re

from jobs.postings.enums import EmploymentType
from jobs.postings.rules.cues import Cue

_DISPATCH = Cue(r"劳务派遣|派遣制|派遣员工|派遣岗|签派遣|labou?r dispatch")
_OUTSOURCING = Cue(r"外包(?!团队|商|公司管理|供应商|项目经理)|驻场|人力外派|outsourced")
_INTERN_TITLE = re.compile(r"实习|intern\b|internship|trainee intern")
_PART_TIME = re.compile(r"兼职|小时工|钟点工|part[- ]?time|暑假工|寒假工|日结")
_FULL_TIME = re.compile(r"全职|full[- ]?time|正式员工|正式工|签订?正式劳动合同")
_SCHEMA = {
    "full_time": EmploymentType.FULL_TIME,
    "part_time": EmploymentType.PART_TIME,
    "intern": EmploymentType.INTERNSHIP,
    "internship": EmploymentType.INTERNSHIP,
    "contractor": EmploymentType.OUTSOURCING,
    "temporary": EmploymentType.DISPATCH,
    "dispatch": EmploymentType.DISPATCH,
    "outsourcing": EmploymentType.OUTSOURCING,
}


def parse_employment_type(
    field: str, title: str, text: str, tags: str = ""
) -> EmploymentType | None:
    """None when the advert does not say; all arguments folded."""
    known = _SCHEMA.get(field.strip().lower().replace("-", "_").replace(" ", "_"))
    if known:
        return known
    head = f"{field}\n{title}\n{tags}"
    if _INTERN_TITLE.search(f"{field}\n{title}"):
        return EmploymentType.INTERNSHIP
    if _PART_TIME.search(head):
        return EmploymentType.PART_TIME
    both = f"{head}\n{text}"
    if _DISPATCH.found_in(both):
        return EmploymentType.DISPATCH
    if _OUTSOURCING.found_in(head) or "驻场" in text:
        return EmploymentType.OUTSOURCING
    if _FULL_TIME.search(both):
        return EmploymentType.FULL_TIME
    return None
