"""What an advert insists on that a newcomer cannot learn in a week."""

from __future__ import annotations

import re

from accounts.seekers.enums import LEVELS, Education
from jobs.matching.rules.phrases import Phrases

# Not a demand when only welcome: 英语四级优先.
_ONLY_WELCOME = re.compile(
    r"[^,。;\n]{0,14}(?:优先|加分|更佳|尤佳|为佳|佳[,。;]|preferred|a plus)"
)
_ONLY_WELCOME_BEFORE = re.compile(r"(?:优先|最好|加分|更佳)[^,。;\n]{0,10}$")

_DEMANDS: dict[str, Phrases] = {
    "english": Phrases(
        r"英语(?:四|六|4|6|专业|听说|口语|流利|读写|熟练|能力|水平|书面|良好|沟通|可|基础|[46]级)|英文(?:流利|读写|听说|熟练|邮件|沟通|书面|口语|能力)|cet|精通英|英语$|(?:良好|熟练|流利|较好|一定|较强)的?[^,。;]{0,4}英[语文]|英[语文][^,。;]{0,8}(?:熟练|流利|良好|较好|优秀|佳|四级|六级)|fluent english|good english|雅思|托福|英文客服|海外.{0,2}客服|专业英语"
    ),
    "language": Phrases(
        r"日语|日文|韩语|韩文|法语|德语|西班牙语|俄语|阿拉伯语|泰语|越南语|n1|n2|小语种|japanese|korean"
    ),
    "dialect": Phrases(
        r"(?:会|懂|讲|说|能|精通|熟练|流利)[^,。;]{0,4}(?:粤语|白话|上海话|沪语|闽南语|客家话)|(?:粤语|上海话|沪语)(?:流利|客服|沟通|熟练)"
    ),
    "programming": Phrases(
        r"java|python|(?<![a-z])sql(?![a-z])|php|linux|数据库|编程|代码|c\+\+|建模|算法|axure|hadoop|spark|(?<![a-z])sas(?![a-z])|spss|tableau|数据挖掘|c语言|软件(?:开发|编程)(?!公司|企业|行业|部)"
    ),
    "design": Phrases(
        r"photoshop|(?<![a-z])ps(?![a-z]|\s*[::])|cad|illustrator|3dmax|solidworks|coreldraw|剪辑"
    ),
    "accounting": Phrases(
        r"会计证|会计(?:专业|从业|职称)|财务(?:专业|软件|会计)|金蝶|用友|报税|注册会计|cpa|做账|记账"
        r"|记账凭证|(?:原始|会计|财务)凭证|日记账|成本(?:核算|会计)|(?:财务|资金)(?:报表|预算|分析)|现金(?:收付|日记)|出纳(?:工作|经验)|财务收支|(?:编制|执行|拟订)预算|预算(?:管理|编制)|[账帐]务处理|(?:全盘|往来|总)[账帐]|资金(?:筹措|收付|调拨)|税务(?:申报|登记)|资产负债"
    ),
    "law_degree": Phrases(
        r"(?:法律|法学)(?:类|相关)?(?:专业|本科|硕士|背景)|司法(?:考试|资格)|律师(?:执业)?(?:证|资格)|法律职业资格|法考"
    ),
    "major": Phrases(
        r"(?:金融|经济|统计|数学|计算机|医学|护理|药学|化学|生物|物流|市场营销|人力资源|电子商务|机械|电子|教育|中文|新闻|土木|环境)[^,。;]{0,10}(?:等)?(?:相关)?专业(?!知识|不限)"
    ),
    "driving_licence": Phrases(r"驾照|驾驶证|c1|会开车|b2照|a2照"),
    "forklift": Phrases(r"叉车证|叉车(?:上岗|操作)"),
    "trade_experience": Phrases(
        r"(?:有|具备|具有)[^,。;]{0,10}(?:外贸|物流|采购|供应链|医药|医疗|法务|法律|人事|招聘|财务|跟单|会计|行政|仓库|仓储|电商|淘宝|天猫|教育|旅游|酒店|房地产|物业|保险|风控|信审|审计|培训|质检)[^,。;]{0,10}(?:工作)?经[验历]"
    ),
    "looks": Phrases(r"形象(?:好|佳|气质|良好)|气质(?:佳|好)|身高\d|五官端正"),
    "own_resources": Phrases(r"自带(?:客户|资源|名单)|有(?:一定的?)?客户(?:资源|群)"),
    "trading": Phrases(
        r"外汇(?:交易|分析|市场|投资)|(?:股票|期货|黄金|原油|贵金属|外盘|现货|证券)[^,。;]{0,6}(?:交易|操盘|操作|投资|行情|分析师)|操盘|交易(?:员|技巧|策略|心态)|行情走势|基本面|技术面|k线|盘面|盯盘|盘感|喊单|做单"
        r"|(?:金融|资本)市场[^,。;]{0,6}(?:分析|交易|行情)|(?:行情|盘口)分析|forex|(?:金融|经济|财经|资管|外汇)/?(?:经济)?(?:数据)?分析(?:师|员|助理|岗|专员|$|\n)"
    ),
    # 招转培: an advert that sells a course to people who look for work.
    "course": Phrases(
        r"对(?:互联网|计算机|软件|it|编程|设计|游戏|电商)[^,。;]{0,8}(?:感兴趣|有兴趣|爱好)(?=[\s\S]{0,400}(?:1[68]|20)\s*-\s*2[5-9]\s*周?岁)"
        r"|(?:1[68]|20)\s*-\s*2[5-9]\s*周?岁(?=[\s\S]{0,300}对(?:互联网|计算机|软件|it|编程|设计|游戏)[^,。;]{0,8}(?:感兴趣|有兴趣|爱好))"
        r"|想(?:获得|找|要)一份[^。;]{0,16}(?:长远|长期)[^。;]{0,6}发展|(?:实训|培训|学习)(?:结束|合格|期满|毕业)?后?[^,。;]{0,4}(?:推荐|安排|保障)(?:就业|上岗|工作)|先学(?:习)?后(?:就业|上岗|付款)"
        r"|(?:零基础|无基础|小白)[^,。;]{0,8}(?:学习|入行|转行|培训|可学)|转行(?:it|互联网|软件)"
    ),
    "local_household": Phrases(r"(?:本地|上海|北京|深圳|广州)户(?:口|籍)|本市户"),
}
# Beside what the words insist on: pay that plain work never has, in `is_bait`.
BAIT = "bait"
DEMAND_CODES = (*_DEMANDS, BAIT)
_AGE = re.compile(
    r"(?:年龄|岁数)?[^\d,。;]{0,6}(?P<low>1[6-9]|[2-5]\d)\s*(?:周?岁)?\s*(?:-|至|到)\s*(?P<high>[2-6]\d)\s*周?岁"
    r"|(?P<under>[2-5]\d)\s*周?岁\s*(?:及|或|\(含\))?\s*(?:以[下内]|之内|之下)"
    r"|(?P<over>[2-5]\d)\s*周?岁\s*(?:及|或)?\s*以上"
    r"|年龄[^\d,。;]{0,6}(?P<low2>1[6-9]|[2-5]\d)\s*-\s*(?P<high2>[2-6]\d)"
)
_WOMEN = re.compile(
    r"(?:限|仅限|只招|招)(?:女|女性|女生)|女性?(?:[,、。;]|$)(?!士)|^女|性别[::]?女|女业务|女文员|(?<!男)女(?:前台|助理|客服)"
)
_MEN = re.compile(
    r"(?:限|仅限|只招|招)(?:男|男性|男生)|性别[::]?男|男士优先|(?<!女)男(?:前台|助理|客服)"
)
_BOTH = re.compile(r"男女不限|性别不限|男女均可")
_LEADING = (
    (
        3,
        re.compile(
            r"总监|总经理(?!助理|秘书)|副总|\bvp\b|director|首席|合伙人|厂长|院长|校长"
        ),
    ),
    (
        2,
        re.compile(
            r"经理(?!助理|秘书|人)|manager|负责人|专家|资深|高级|senior|店长|部长|处长"
        ),
    ),
    (
        1,
        re.compile(
            r"主管|组长|班长|领班|supervisor|team ?lead|储备干部|管培|管理培训生"
        ),
    ),
)


def read_demands(title: str, text: str) -> tuple[str, ...]:
    """Codes of what is insisted on; what is only welcome is left out."""
    both = f"{title}\n{text}"
    return tuple(code for code, cue in _DEMANDS.items() if _insists(cue, both))


def _insists(cue: Phrases, text: str) -> bool:
    for match in cue.matches(text):
        if _ONLY_WELCOME.match(text, match.end()):
            continue
        if _ONLY_WELCOME_BEFORE.search(text, max(0, match.start() - 16), match.start()):
            continue
        return True
    return False


# What people say they can do, in their own words, about the same things.
_KNOWN: dict[str, Phrases] = {
    "english": Phrases(
        r"英语(?:四|六|4|6|专[四八]|流利|口语|好|还行|不错)|英文(?:好|流利|邮件)|cet|海归|留学"
    ),
    "dialect": Phrases(r"粤语|白话|广东话|上海话|沪语|闽南语|客家话"),
    "language": Phrases(r"日语|韩语|法语|德语|西班牙语|俄语"),
    "programming": Phrases(
        r"(?<![a-z])sql(?![a-z])|python|数据库|(?<![a-z])bi(?![a-z])|tableau|spss|代码|编程"
    ),
    "design": Phrases(r"(?<![a-z])ps(?![a-z]|\s*[::])|photoshop|cad|剪辑|修图"),
    "accounting": Phrases(r"会计|出纳|做账|财务"),
    "law_degree": Phrases(r"(?<!非)法学|法律(?:专业|本科)|法考"),
    "driving_licence": Phrases(r"驾照|驾驶证|会开车|c1|b2"),
    "forklift": Phrases(r"叉车"),
}


def read_known(text: str) -> frozenset[str]:
    """Demands that somebody's own folded words already meet."""
    return frozenset(code for code, cue in _KNOWN.items() if cue.found_in(text))


_PLAIN_WORK = re.compile(
    r"前台|文员|客服|助理|普工|服务员|接待|收银|保安|导购|店员|录入|打字|文秘|礼仪"
)
_BAIT_PAY = 10_000


def is_bait(title: str, *, lowest_pay: int | None, education: int) -> bool:
    """Plain work without schooling for far more than plain work pays."""
    pays_well = (lowest_pay or 0) >= _BAIT_PAY
    is_plain = education <= LEVELS[Education.HIGH_SCHOOL]
    return pays_well and is_plain and _PLAIN_WORK.search(title) is not None


def read_age(text: str) -> tuple[int | None, int | None]:
    """Lowest and highest age an advert asks for; 18 as the lowest is the law, no bar."""
    for match in _AGE.finditer(text):
        found = {k: int(v) for k, v in match.groupdict().items() if v}
        low = found.get("low", found.get("low2", found.get("over")))
        high = found.get("high", found.get("high2", found.get("under")))
        if high is not None or (low or 0) > 18:
            return low, high
    return None, None


def read_sex(title: str, text: str) -> tuple[bool, bool]:
    """(women only, men only)."""
    both = f"{title}\n{text}"
    if _BOTH.search(both):
        return False, False
    return _WOMEN.search(both) is not None, _MEN.search(both) is not None


def read_seniority(title: str) -> int:
    """0 plain work, 1 team leader, 2 manager or senior, 3 head of something."""
    for level, pattern in _LEADING:
        if pattern.search(title):
            return level
    return 0


_BARE_EDUCATION = re.compile(
    r"(?:^|[\d一二三四五六][、.,)]\s*|[:;。,\s]|全日制|统招|正规)"
    r"(?P<level>本科|大专|专科|中专|高中|中技|初中)(?:及以上|以上|毕业|学历|文凭|[,;。、/(]|或)"
)
_BARE_LEVELS = {
    "本科": Education.BACHELOR,
    "大专": Education.COLLEGE,
    "专科": Education.COLLEGE,
    "中专": Education.HIGH_SCHOOL,
    "高中": Education.HIGH_SCHOOL,
    "中技": Education.HIGH_SCHOOL,
    "初中": Education.JUNIOR_HIGH,
}


def read_bare_education(text: str) -> Education | None:
    """The level of a requirement that only names it: 1、大专,具备…"""
    for match in _BARE_EDUCATION.finditer(text):
        if not _ONLY_WELCOME.match(text, match.end() - 1):
            return _BARE_LEVELS[match["level"]]
    return None
