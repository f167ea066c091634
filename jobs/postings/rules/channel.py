from __future__ import annotations

import re
from dataclasses import dataclass

from jobs.postings.enums import Channel, SalesShare
from jobs.postings.rules.cues import Cue

_CUES: dict[Channel, Cue] = {
    Channel.INBOUND_PHONE: Cue(
        r"接听|呼入|来电|接线|热线|400客服|400电话|接电话|话务员|坐席接|inbound|answer(?:ing)? (?:phone )?calls"
    ),
    Channel.OUTBOUND_PHONE: Cue(
        r"外呼|呼出|拨打|打电话|电话邀约|电话销售|电销|电话回访|回访|致电|电话营销|电话催|电催|电话联系|电话跟进|"
        r"电话沟通客户|电话开发|电话拜访|outbound|telesales|telemarketing|cold[- ]call"
    ),
    Channel.TEXT: Cue(
        r"在线客服|网络客服|网店客服|文字客服|电商客服|淘宝客服|天猫客服|京东客服|拼多多客服|抖音客服|旺旺|千牛|"
        r"在线(?:咨询|接待|解答|回复|沟通|聊天|服务)|文字(?:沟通|回复|聊天|接待|服务)|打字回复|线上客服|线上(?:咨询|接待|沟通)|"
        r"微信(?:客服|沟通|回复)|live chat|online chat"
    ),
    Channel.IN_PERSON: Cue(
        r"前台|接待来访|来访接待|到店|门店|导购|收银|现场接待|现场服务|面对面|大堂|柜台|柜员|店员|营业员|服务员|物业客服|物业管家|"
        r"讲解|客户接待|客户来访|front desk|in[- ]store"
    ),
    Channel.FIELD: Cue(
        r"外勤|上门|外访|走访|拜访客户|客户拜访|地推|跑业务|扫楼|陌拜|驻点|外出拜访|送货|配送员|司机|field (?:visits?|work|service)"
    ),
    Channel.BACK_OFFICE: Cue(
        r"数据录入|信息录入|录入员|文员|资料整理|整理资料|档案|订单处理|处理订单|单据|内勤|仓管|data entry|back office"
    ),
}
_DESK_TITLE = re.compile(
    r"文员|录入|行政|内勤|跟单|仓管|仓库|审核|质检|会计|出纳|财务|人事|档案|助理|后台|数据|报表|工程师|开发|测试|设计|运维"
)
_TITLE_WEIGHT = 3
_PLAIN_SUPPORT = re.compile(r"客服|customer service|坐席|座席|话务")
_SELLING_TITLE = re.compile(
    r"销售(?!支持|助理|内勤|客服|运营|文员|后台|数据|会计|跟单)|电销|营销(?!策划|运营|设计|文案)|业务员|业务代表|业务经理|招商|置业顾问|"
    r"课程顾问|投资顾问|理财顾问|理财经理|客户经理|销售代表|地推|保险代理|bd(?![a-z])|telesales|sales (?:rep|executive)|房产经纪|经纪人"
)
_NOT_SELLING_TITLE = re.compile(
    r"(?:非|无|不做|不涉及|免)(?:任何)?(?:电话)?(?:销售|电销|营销)"
)
_SELLING = Cue(
    r"销售(?:任务|目标|业绩|指标|额|工作)|开发(?:新)?客户|客户开发|电话销售|推销|成交|签单|促成|业绩(?:目标|指标|任务|考核)|"
    r"开拓(?:市场|客户|新)|挖掘客户|营销(?:任务|工作)|电话营销|销售公司|sales targets?|close deals"
)
_SOME_SELLING = Cue(
    r"转化率?|促单|推荐(?:产品|商品|课程)|催单|追销|引导(?:下单|购买|消费)|续费|续报|关联销售|提成|业绩|增购|随销|搭售|销售(?:产品|意识|机会|话术|技巧)|upsell"
)
_NO_SELLING = re.compile(
    r"(?:无需?|非|不做|不涉及|没有|不含|不需要?|不是|拒绝|零)(?:任何|电话|外呼|做|带|主动|有|涉及)*(?:销售|推销|电销|营销|业绩|推广)"
    r"|no sales"
)
_DEBTORS = Cue(
    r"催收|催缴|催款|催告|电催|贷后(?:管理|跟进|提醒|客服|专员)|逾期(?:客户|用户|账|贷|提醒|案|款)|欠款|债务人|清收|追讨|追偿|"
    r"还款提醒|提醒(?:客户)?还款|资产保全|不良资产|应还|debt collect|collections? (?:agent|specialist)"
)


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """How the work reaches people: `main` first, `channels` all that are named."""

    main: Channel | None = None
    channels: tuple[Channel, ...] = ()
    sales: SalesShare | None = None
    calls_debtors: bool = False


def parse_channel(title: str, text: str) -> ChannelFacts:
    """Both folded. `sales` is None when nothing about selling is said."""
    scores = {
        channel: _TITLE_WEIGHT * cue.count(title, most=1) + cue.count(text)
        for channel, cue in _CUES.items()
    }
    named = [channel for channel, score in scores.items() if score]
    return ChannelFacts(
        main=_main(scores, named, title),
        channels=tuple(named),
        sales=_sales(title, text),
        calls_debtors=_DEBTORS.found_in(title) or _DEBTORS.found_in(text),
    )


def _main(
    scores: dict[Channel, int], named: list[Channel], title: str
) -> Channel | None:
    with_people = [c for c in named if c != Channel.BACK_OFFICE]
    best = max(with_people, key=scores.__getitem__, default=None)
    # People words come up in desk adverts too: one of them does not outweigh a title.
    is_desk = _DESK_TITLE.search(title) is not None and not _PLAIN_SUPPORT.search(title)
    if is_desk and (best is None or scores[best] < 2):
        return Channel.BACK_OFFICE
    if best is None and scores[Channel.BACK_OFFICE]:
        return None if _PLAIN_SUPPORT.search(title) else Channel.BACK_OFFICE
    return best


def _sales(title: str, text: str) -> SalesShare | None:
    if _NOT_SELLING_TITLE.search(title):
        return SalesShare.NONE
    if _SELLING_TITLE.search(title):
        return SalesShare.MAIN
    refused = _NO_SELLING.search(text) is not None
    selling = _SELLING.count(text)
    if refused and selling < 2:
        return SalesShare.NONE
    if selling >= 2:
        return SalesShare.MAIN
    if selling or _SOME_SELLING.found_in(text):
        return SalesShare.SOME
    return None
