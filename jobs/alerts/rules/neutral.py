"""Words that an outgoing message never holds: somebody else may read the screen."""

from __future__ import annotations

import re

_PRIVATE = re.compile(
    "催|讨债|討債|追债|追債|债|債|逾期|欠款|欠薪|不良资产|不良資產|资产保全|資產保全|"
    "法务清收|清收|贷|貸|心理|抑郁|憂鬱|焦虑|焦慮|咨询师|諮商|諮詢師|老赖|老賴|"
    r"collect|\bdebt|loan|overdue|arrears|counsel|mental|therap|depress|anxi|psycho",
    re.IGNORECASE,
)


def is_neutral(text: str) -> bool:
    return not _PRIVATE.search(text)
