"""Words that an outgoing message never holds: somebody else may read the screen."""

from __future__ import annotations

import re

# Owing and being made to pay; the trade's own words; health and feelings.
_PRIVATE = re.compile(
    "催|讨债|討債|追债|追債|债|債|逾期|欠|还款|還款|分期|协商|協商|征信|徵信|失信|老赖|老賴"
    "|不良资产|不良資產|资产保全|資產保全|清收|贷|貸|外访|外訪|法务诉讼|困难客户|困難客戶"
    "|心理|抑郁|憂鬱|焦虑|焦慮|情绪|情緒|压力|壓力|倦怠|咨询师|諮商|諮詢師|自杀|自殺"
    r"|collect|\bdebt|\bowe|loan|overdue|arrears|repay|instal|hardship|delinquen|default"
    r"|counsel|mental|therap|depress|anxi|psycho|burnout|stress|suicid",
    re.IGNORECASE,
)


def is_neutral(text: str) -> bool:
    return not _PRIVATE.search(text)
