"""What a seeker's own sentence asks for: occupations, preferences, words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.lib.places import find_city
from accounts.seekers.enums import Skill
from jobs.matching.rules.knowledge import Knowledge, by_word
from jobs.matching.rules.words import content_words, trade_words
from jobs.postings.rules.text import fold

_CLAUSE_END = re.compile(r"[,。;;!?\n]|但是?|不过")
# 不打电话的工作 names what is wanted by what it is not: only refusals end a wish.
_REFUSAL = re.compile(
    r"不(?:想|要|愿|做|考虑|接受|干|能|再|去)|拒绝|别(?:让|再|给)|怕|讨厌|受不了|不想再"
)
# 入职要交押金的免谈: the whole clause is refused.
_REFUSED_AFTER = re.compile(r"免谈|免了|除外|勿扰|就算了|不行$")
_ASKING = re.compile(
    r"想(?!法|念|起|不开|必)|希望|打算|求|转(?:行|做|岗|到|型)|找(?:一|个|份)|做.{0,12}(?:都行|也行|都可以|也可以)|最好|优先|目标|(?:都|也)(?:做得来|可以|行|得|考虑|愿意)"
)
# What was done before is experience; it counts a little as a wish.
_BACKGROUND = 0.25
_UNMARKED = 0.6
_BY_WORD = 0.9
_GENERIC_SERVICE = re.compile(r"客服|客户服务")
_SERVICE_DEFAULTS = (
    ("inbound_hotline", 0.8),
    ("after_sales", 0.8),
    ("online_chat", 0.7),
)
_PREFERENCES: dict[str, re.Pattern[str]] = {
    "weekends_off": re.compile(
        r"双休(?!或|和|、|\/)|周末(?:休|要休|陪)|五天工作|做五休二"
    ),
    "day_shift": re.compile(
        r"白班|朝九晚|不上?夜班|不(?:能|想)?(?:上|熬)夜|正常班|早上班|接(?:送)?孩子"
    ),
    "no_overtime": re.compile(r"不加班|少加班|按时下班|准点下班|早(?:点)?下班"),
    "lodging": re.compile(r"包吃住|包住|住宿|宿舍|有住|提供住"),
    "steady_base": re.compile(r"底薪|稳定|固定(?:工资|薪)|保底|无责"),
    "any_shift": re.compile(
        r"能(?:上)?(?:轮班|倒班|夜班)|可以?(?:轮班|倒班)|接受(?:轮班|倒班|夜班)"
    ),
    "no_sales": re.compile(
        r"(?:不(?:要|想|做|接受)?(?:有)?|没有|无|非)(?:任何)?(?:销售|推销|业绩|提成|电销)(?:任务|压力)?"
    ),
    "no_phone": re.compile(
        r"不(?:想|要|用|再)?(?:再)?(?:打|接|做)?(?:打)?电话|文字客服|打字"
    ),
    "willing_to_learn": re.compile(r"愿意学|肯学|学习能力|可以学|想学"),
    "bank": re.compile(r"银行"),
    "inbound": re.compile(r"接听|呼入|接线|来电"),
    "career": re.compile(r"晋升|发展|管理岗|组长|主管"),
}
_SKILL_WORDS: dict[Skill, re.Pattern[str]] = {
    Skill.CALM_UPSET_PEOPLE: re.compile(r"安抚|情绪|共情|劝"),
    Skill.LISTENING: re.compile(r"倾听|耐心|亲和"),
    Skill.PHONE_CLARITY: re.compile(r"电话沟通|普通话|话术|沟通|口才|表达"),
    Skill.TEXT_REPLIES: re.compile(r"文字|在线|打字回复|文案"),
    Skill.FACE_TO_FACE: re.compile(r"上门|面谈|接待|外访|走访"),
    Skill.COMPLAINT_RESOLUTION: re.compile(r"投诉|客诉|纠纷|售后"),
    Skill.NEGOTIATE_INSTALMENTS: re.compile(r"协商|分期|谈判|停息|调解"),
    Skill.EXPLAIN_RULES: re.compile(r"讲解|解释|政策|条款|产品知识"),
    Skill.CREDIT_BASICS: re.compile(r"征信|信贷|信用卡|贷款|金融|风控"),
    Skill.SYSTEM_RECORDS: re.compile(r"系统|记录|录入|crm|工单"),
    Skill.CASE_TRACKING: re.compile(r"跟进|跟单|案件管理"),
    Skill.DOCUMENT_CHECK: re.compile(r"审核|核对|资料|材料|单据"),
    Skill.CAREFUL_WORK: re.compile(r"细心|认真|仔细|准确"),
    Skill.WRITTEN_WORK: re.compile(r"文书|写作|文字功底|函|公文|文档"),
    Skill.LEGAL_BASICS: re.compile(r"法律|法务|诉讼|合同|仲裁"),
    Skill.SPREADSHEETS: re.compile(
        r"excel|表格|报表|办公软件|office|数据分析|数据统计"
    ),
    Skill.COMPLIANCE_SCRIPTS: re.compile(r"合规|规范|质检规则"),
    Skill.QUALITY_REVIEW: re.compile(r"质检|抽检|录音"),
    Skill.COACHING: re.compile(r"培训|带新|讲师|辅导|带教"),
    Skill.TEAM_LEAD: re.compile(r"团队管理|带团队|带过\d+人|管理|组长|主管"),
    Skill.SHIFT_PLANNING: re.compile(r"排班|现场管理"),
    Skill.TYPING: re.compile(r"打字|录入|电脑"),
    Skill.DRIVING: re.compile(r"驾照|开车|驾驶|c1"),
    Skill.KNOW_THE_CITY: re.compile(r"熟悉(?:各|本)?(?:区|地|市|路)|路线|路况"),
    Skill.SELF_CONTROL: re.compile(r"抗压|冷静|稳重|应变"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    wants: tuple[tuple[str, float], ...] = ()
    words: frozenset[str] = frozenset()
    prefers: frozenset[str] = frozenset()


def read_wish(text: str, knowledge: Knowledge) -> Wish:
    """Occupations asked for with their weight, preferences, and the words used."""
    folded = fold(text)
    wants: dict[str, float] = {}
    words: set[str] = set()
    asking = False
    for clause in _clauses(folded):
        refused = _REFUSAL.search(clause)
        positive = clause[: refused.start()] if refused else clause
        if _REFUSED_AFTER.search(clause):
            positive = ""
        if _ASKING.search(clause):
            asking = True
        elif refused:
            asking = False
        weight = 1.0 if asking else _weight_of_plain(folded)
        for code, found in _named(positive, knowledge).items():
            wants[code] = max(wants.get(code, 0.0), weight * found)
        if asking:
            words |= content_words(positive)
            for code in _unknown_trades(positive, knowledge):
                wants[code] = max(wants.get(code, 0.0), _BY_WORD * weight)
    prefers = {code for code, p in _PREFERENCES.items() if p.search(folded)}
    ranked = sorted(wants.items(), key=lambda pair: (-pair[1], pair[0]))
    return Wish(tuple(ranked), frozenset(words), frozenset(prefers))


def _unknown_trades(clause: str, knowledge: Knowledge) -> list[str]:
    """Words of a wish that no occupation of the map answers to."""
    return [
        by_word(word)
        for word in sorted(trade_words(clause))
        if not any(p.wish.found_in(word) for p in knowledge.occupations.values())
    ]


def _clauses(text: str) -> list[str]:
    return [part for part in _CLAUSE_END.split(text) if part and part.strip()]


def _weight_of_plain(text: str) -> float:
    """Without any 想做, the whole sentence is the wish; with one, the rest is past."""
    return _BACKGROUND if _ASKING.search(text) else _UNMARKED


def _named(clause: str, knowledge: Knowledge) -> dict[str, float]:
    found = {
        code: 1.0
        for code, profile in knowledge.occupations.items()
        if profile.wish.found_in(clause)
    }
    if _GENERIC_SERVICE.search(clause):
        specific = found.keys() & {code for code, _ in _SERVICE_DEFAULTS}
        for code, weight in _SERVICE_DEFAULTS:
            if not specific:
                found[code] = max(found.get(code, 0.0), weight)
    return found


def read_cities(text: str) -> frozenset[str]:
    """Codes of cities that a wish names beside the own one: 杭州也行; not 不去杭州."""
    found: set[str] = set()
    for clause in _clauses(fold(text)):
        if _REFUSAL.search(clause) or _REFUSED_AFTER.search(clause):
            continue
        rest = clause
        while (city := find_city(rest)) is not None and city.zh_hans in rest:
            found.add(city.code)
            rest = rest.replace(city.zh_hans, " ")
    return frozenset(found)


def read_skills(texts: Iterable[str]) -> frozenset[str]:
    folded = fold("\n".join(texts))
    return frozenset(
        skill.value for skill, p in _SKILL_WORDS.items() if p.search(folded)
    )
