"""What a counselor's page may not offer: articles 23 and 51 of the Mental Health Law.

Counselors do not treat, diagnose or promise. That they do not may be said.
"""

from __future__ import annotations

import re

from accounts.lib.text import fold_characters

_CLAUSE = re.compile(r"[^。！？；，,;!?.\n]+")
_CLAIM = re.compile(
    r"治疗|治愈|治好|痊愈|根治|疗程|疗法|诊断|确诊|催眠|患者|成功率|包治"
    r"|\b(?:psycho)?therap(?:y|ies|ist|ists)\b|\bcure[sd]?\b|\btreat(?:s|ment|ments)?\b"
    r"|\bdiagnos\w+|\bpatients?\b|\bhypno\w+|\bemdr\b|\bsuccess rate\b",
    re.ASCII,
)
_NOT = re.compile(r"不|没|非|未|无|勿|\bno\b|\bnot\b|\bnever\b|n't\b|\bnor\b", re.ASCII)


def claimed(text: str) -> list[str]:
    """Words that offer what only a hospital may, in reading order, each once."""
    plain = fold_characters(text).lower()
    found: dict[str, None] = {}
    for clause in _CLAUSE.finditer(plain):
        for claim in _CLAIM.finditer(clause[0]):
            if not _NOT.search(clause[0][: claim.start()]):
                found[claim[0]] = None
    return list(found)
