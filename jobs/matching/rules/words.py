"""Content words of wishes and titles, for the weak text feature and for BM25."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import rjieba

_CHINESE_OR_LATIN = re.compile(r"[\u4e00-\u9fff]{2,}|[a-z]{2,}|\d{3,5}")
# Trade words that the general dictionary breaks apart.
_TRADE_WORDS = (
    "贷后",
    "客服",
    "售后",
    "质检",
    "消保",
    "催收",
    "个性化分期",
    "停息挂账",
    "双休",
    "五险一金",
    "呼叫中心",
    "数据录入",
    "政务热线",
)
_STOP = frozenset(
    re.findall(
        r"\w+",
        "工作 公司 专员 岗位 职位 以上 以下 经验 要求 负责 相关 优先 能力 进行 提供 客户 完成 做好 熟悉 "
        "熟练 具有 具备 良好 我们 可以 想做 想找 想转 愿意 希望 最好 不想 不要 一份 自己 不打 比较 或者 "
        "以及 初中 高中 大专 本科 学历 稳定 擅长 会做",
    )
)


@cache
def _segmenter() -> Any:
    segmenter = rjieba.Jieba()
    for word in _TRADE_WORDS:
        segmenter.add_word(word, 100_000, "n")
    return segmenter


def segment(text: str) -> list[str]:
    """Every word of folded text with at least two characters, in order."""
    return [w for w in _segmenter().cut(text) if _CHINESE_OR_LATIN.fullmatch(w)]


def content_words(text: str) -> frozenset[str]:
    return frozenset(segment(text)) - _STOP
