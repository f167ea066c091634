"""The words by which accounts.lib.debtor_data knows debtors, ledgers and offers.

Everything is read after fold_characters: Simplified, half-width, one character for one.
"""

from __future__ import annotations

import re

# What people put between the digits of a number, to be read by people only.
SEP = r"[ \t._\-\u00b7\u2010-\u2015\u2022\u200b-\u200f\u2060\ufeff]"

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎闫余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍"
)
_DOUBLE_SURNAMES = "欧阳|司马|上官|诸葛|东方|尉迟|公孙|慕容|令狐|皇甫|司徒|夏侯"
NAME = rf"(?:(?:{_DOUBLE_SURNAMES})|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
# Begin like a name and are none.
_NO_NAME_TEXT = (
    "高额 高风 高薪 高级 高管 高龄 高频 高压 高度 高中 高职 高温 任务 任何 任职 任期 方面 方式 方案 方便 "
    "万元 万一 万多 金额 金融 金牌 常见 常规 常年 常常 常驻 常态 常州 文件 文案 文员 文化 江苏 江西 江浙 "
    "马上 于是 于此 于今 曾经 曾因 易逾 白天 白户 白班 钱款 钱包 段时 史上 何时 何种 何必 夏天 夏季 武汉 "
    "康复 余额 余下 程度 程序 周期 周末 周一 周二 周三 周四 周五 周六 周日 周边 周到 周岁 许多 许可 顾客 "
    "顾问 石家 黄金 林业 毛利 龙头 杜绝 谢绝 谢谢 唐山 郑州 徐州 苏州 陆续 陆家 钟头 秦皇 安全 安排 安徽 "
    "安装 严重 严格 严禁 温州 季度 章程 洪水 施工 牛奶 陈述 陈旧 张贴 胡同 罗列 宋体 田径 方可 石油 康宁 "
    "王牌 马路 单位 白领 万余 万以 高达 高于 余元 黄浦 杨浦 金山 常熟 兰州 鲁能 文字 文书 文明 文职 方向 "
    "孔雀 贾汪 叶子 丁目 林区 许昌 易于 乔迁 白云 江北 江南 江宁 汤圆 成都 广州 经理 安静 安心 安保 "
    "何处 高新 高速 方法 任意 马来 史无 顾虑 尹始 严守 严肃 温馨 温和 季节 章节 安抚 安居"
)
_NO_NAMES = frozenset(_NO_NAME_TEXT.split())
_TITLES = ("先生", "女士", "小姐", "经理", "主管", "老师", "总")


def is_name(token: str) -> bool:
    """A whole name: 张三. 张女士 and 李经理 are whom to ask for at the door."""
    return token[:2] not in _NO_NAMES and not token.endswith(_TITLES)


OVERDUE = re.compile(
    r"逾期|(?:拖欠|欠)(?!薪|我|工资|社保|加班|员工|大家|你)|未还|应还|待还|"
    r"\boverdue\b|\bowe[sd]?\b|\barrears\b|\bpast due\b",
    re.I,
)
FIGURE = re.compile(
    r"\d\d[\d,]*\.\d\d|(?<![\d.])\d[\d,]{2,9}(?![\d])|\d\s*(?:天|期|元|块|万|k\b|days?\b)"
    r"|逾期\s*\d|\bm\d\b",
    re.I,
)
# The person to ask for at the door, or the writer.
CONTACT_PERSON = re.compile(
    r"(?:联系人?|联络人?|对接人?|找|我叫|我是|本人|姓名|面试官|前台|(?:hr|人事|招聘)[^\n]{0,4}|contact|ask for|i am|name)"
    r"[\s:,]*$",
    re.I,
)
ORDER_BEFORE = re.compile(
    r"(?:订单|单号|运单|快递|物流|流水|工单|编号|编码|合同号|保单|发票|信用代码|税号|"
    r"order|tracking|ticket|invoice|serial)[^\n]{0,8}$",
    re.I,
)
FILE_NAMES = re.compile(
    r"名单|债务人|欠款人|借款人|通讯录|台账|(?:客户|逾期|催收|案件)(?:资料|数据|信息|明细|清单|表)"
    r"|\bdebtors?\b|\bborrowers?\b|\b(?:customer|client|contact|overdue)[ -]?(?:lists?|data)\b",
    re.I,
)

_GAP = r"[\s,、:|\-]{0,3}"
_OWES = r"(?:逾期|(?:拖欠|欠款|欠)(?!薪|我|工资|社保|加班|员工|大家|你)|未还|应还|待还|[mM][1-9])"
_START = (
    r"(?:(?<![\u4e00-\u9fff])|(?<=债务人)|(?<=借款人)|(?<=欠款人)|(?<=客户)|(?<=姓名))"
)
DEBTORS = (
    re.compile(
        rf"{_START}(?P<name>{NAME}){_GAP}(?:已|现|还|共|仍|总共|目前|一共|本金)?"
        rf"{_OWES}[^\n。;!?]{{0,8}}?\d[\d,.]*"
    ),
    re.compile(
        rf"{_START}(?P<name>{NAME}){_GAP}[¥$]?\d[\d,.]*\s*(?:元|块|万|k)?{_GAP}{_OWES}"
    ),
    re.compile(
        r"\b[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}\b[^\n.;]{0,20}?"
        r"\b(?:owe[sd]?|overdue|arrears|past due)\b[^\n.;]{0,20}?\d[\d,.]*"
    ),
)

_WHO = r"(?:客户|债务人|逾期|借款人|欠款人|催收|案件|贷款|用户|精准|大量|一手)"
_THEM = r"(?:债务人|借款人|欠款人|逾期客户|逾期人员)"
_NO_WORK = r"(?!分析|录入|安全|保护|库|处理|统计|维护|整理|标注|管理|核对)"
_LIST = rf"(?:名单|数据|资料|通讯录|信息|资讯|台账){_NO_WORK}"
_WHO_EN = r"(?:debtors?|borrowers?|customers?|clients?|contacts?|leads?|personal)(?:['\u2019]s?)?"
_LIST_EN = r"(?:lists?|data(?:base)?|records|details|contacts|names)"
ASKS = (
    re.compile(rf"自[带备](?:的)?{_WHO}{{0,3}}(?:的)?(?:资源|客资|{_LIST})"),
    re.compile(
        rf"(?:带|拿|拷|导)(?:上|来|着|走|出|入|贝)?(?:你的?|您的?|你们的?|自己的?)?"
        rf"(?:原来?|前|老|旧|以前|之前|上家|上一家)(?:的)?(?:公司|单位|东家)?(?:的)?"
        rf"{_WHO}{{0,3}}(?:的)?(?:资源|客户|{_LIST})"
    ),
    re.compile(
        rf"带(?:着|上|来)?(?:(?:客户|债务人|逾期|资源){{1,2}}{_LIST}|名单{_NO_WORK})(?!外出|拜访)"
    ),
    re.compile(
        rf"手(?:里|上|头)有[^\n,。;]{{0,4}}?名单|有(?:客户|债务人){_LIST}(?:者|的)?(?:优先|带来|可)"
    ),
    re.compile(
        rf"(?:出售|倒卖|贩卖|买卖)(?:公民|个人|网贷|用户)?(?:个资|{_LIST}(?!服务|产品|平台|系统))"
        r"|(?:购买|收购)(?:名单|通讯录|个资|网贷数据)|(?:购买|收购|提供)(?:公民|个人|他人)(?:信息|数据|资料)(?!保护)"
    ),
    re.compile(
        rf"(?:手(?:里|上|头|中)?有|手握|握有|掌握|我有|有)[^\n,。;]{{0,6}}?"
        rf"(?:客户(?:的)?(?:名单|通讯录)|{_THEM}(?:的)?(?:资源|{_LIST}))"
    ),
    re.compile(
        rf"(?:出售|售卖|买卖|购买|收购|倒卖|贩卖|交换|转让|卖|换)"
        rf"(?:{_WHO}{{1,2}}|个人)(?:的)?{_LIST}"
    ),
    re.compile(
        rf"(?:提供|分享|共享|上传|导入|带入|带来|带上|带着|带)[^\n,。;]{{0,4}}?"
        rf"(?:{_THEM}|(?<=带)客户|(?<=带来)客户|(?<=带上)客户|(?<=上传)客户)(?:的)?"
        rf"(?:名单|通讯录|资源|数据{_NO_WORK})"
    ),
    re.compile(rf"\bbring(?:ing)?\b[^\n.;]{{0,25}}\b{_WHO_EN} {_LIST_EN}\b", re.I),
    re.compile(
        r"\b(?:i|we) (?:still |also )?(?:have|hold|keep|kept|can offer)\b[^\n.;]{0,20}"
        rf"\b(?:debtor|borrower|customer|client)s? {_LIST_EN}\b",
        re.I,
    ),
    re.compile(
        rf"\b(?:sell|sells|selling|buy|buying|swap|trade)\b[^\n.;]{{0,15}}\b{_WHO_EN} {_LIST_EN}\b",
        re.I,
    ),
    re.compile(rf"\byour own (?:{_WHO_EN} )?(?:lists?|leads|data(?:base)?)\b", re.I),
)
NOT_OFFERED_BEFORE = re.compile(
    r"(?:不|勿|无需|无须|禁止|严禁|别|没有?|拒绝|谢绝|杜绝|要求我|让我|叫我|逼|要我|"
    r"\bnever\b|\bnot\b|n['\u2019]t\b|\bno\b|\basked me\b|\bwithout\b)[^\n。;!?,]{0,8}$",
    re.I,
)
NOT_OFFERED_AFTER = re.compile(
    r"[^\n。;!?]{0,6}(?:不要|勿扰|免谈|不收|不录用|不予|不欢迎|违法|犯法|禁止|is illegal|not welcome)",
    re.I,
)
