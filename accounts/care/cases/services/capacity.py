from __future__ import annotations

from accounts.care.cases.rules.load import CAP
from accounts.counselors.models import CounselorProfile


def cap_of(counselor: CounselorProfile) -> int:
    del counselor
    return CAP
