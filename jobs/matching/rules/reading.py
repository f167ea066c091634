"""Which occupations an advert is about, read from its title and duties."""

from __future__ import annotations

import re

from jobs.matching.rules.knowledge import Knowledge, by_word
from jobs.matching.rules.words import trade_words

# Plain 客服 says that it is customer service, the duties say which.
_SERVICE = re.compile(
    r"客服|客户服务|坐席|座席|customer (?:service|support|care)|\bcsr\b|服务专员|服务代表"
)
_SERVICE_KINDS = ("inbound_hotline", "after_sales", "online_chat")
# Trades that share words with ours but are none of them.
_OTHER_TRADE = re.compile(
    r"工程师|开发|架构|java|php|python|\.net|c\+\+|前端|后端|嵌入式|算法|数据挖掘|数据仓库|数据产品|大数据(?!文)|建模|(?<!数据)分析师(?!助理)"
    r"|软件测试|测试(?:工程|员|助理|实习|经理)|运维|产品(?:经理|总监|助理)|设计(?:师|助理)|美工|策划|文案|编辑(?!助理)|新媒体|推广|seo|sem"
    r"|会计|出纳|财务|审计|税务|教师|老师|幼师|教练|护士|医生|医师|药师|厨|司炉|电工|焊工|钳工|技师|美容|模特|主播|演员"
    r"|摄影|翻译|小程序|it培训|编程|建筑|造价|监理|施工|预算员|研发|研究员|化验|质量工程|机械|电气|量化|投资(?!者)|基金|证券|精算"
)
# These words stand in the titles of special desks too, which say more.
_GENERIC = frozenset({"inbound_hotline", "office_clerk"})
_BESIDE_A_SPECIAL_ONE = 0.9
_STRONG_DUTIES = {1: 0.4, 2: 0.6, 3: 0.75}
_DUTY_ONLY_IN_OTHER_TRADE = 0.3
# A stray duty word in an advert whose title is plainly another of our occupations.
_DUTY_BESIDE_TITLE = 0.7
_FEWEST = 0.25
# Below this we do not know the trade: the title's own words stand for it, so that
# somebody who asks for just that finds it.
_SURE = 0.5
_BY_WORD = 0.85
_MOST_KINDS = 5


def read_occupations(
    title: str, text: str, knowledge: Knowledge
) -> tuple[tuple[str, float], ...]:
    """Codes with strength 0-1, strongest first; `title` and `text` are folded."""
    other_trade = _OTHER_TRADE.search(title) is not None
    named = {
        code for code, p in knowledge.occupations.items() if p.title.found_in(title)
    }
    service = _SERVICE.search(title) is not None
    strengths: dict[str, float] = {}
    for code, profile in knowledge.occupations.items():
        hits = profile.duty.count(text)
        strength = _strength(
            hits, is_named=code in named, has_title=bool(named) or service
        )
        if service and code in _SERVICE_KINDS and code not in named:
            strength = max(strength, 0.5 + 0.15 * min(hits, 3))
        if code in _GENERIC and named - _GENERIC:
            strength *= _BESIDE_A_SPECIAL_ONE
        if other_trade:
            strength *= _DUTY_ONLY_IN_OTHER_TRADE
        if strength >= _FEWEST:
            strengths[code] = round(min(strength, 1.0), 2)
    if max(strengths.values(), default=0.0) < _SURE:
        strengths |= dict.fromkeys(map(by_word, trade_words(title)), _BY_WORD)
    ranked = sorted(strengths.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(ranked[:_MOST_KINDS])


def is_other_trade(title: str) -> bool:
    return _OTHER_TRADE.search(title) is not None


def _strength(hits: int, *, is_named: bool, has_title: bool) -> float:
    if is_named:
        # A title alone can promise anything: the duties make it certain.
        return 0.85 + 0.05 * min(hits, 3)
    strength = _STRONG_DUTIES.get(hits, 0.0)
    return strength * _DUTY_BESIDE_TITLE if has_title else strength
