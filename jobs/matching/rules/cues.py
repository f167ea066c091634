"""Words that make an advert one that a seeker ruled out, or cannot get."""

from __future__ import annotations

import re

from jobs.matching.rules.phrases import Phrases

# Chasing money in any form, company debts included.
CHASING = Phrases(
    r"催(?:收(?!(?:有关|相关)?(?:单据|发票|资料|票据))|款|缴|讨|账|帐|告|还|促(?:客户|用户)?(?:还款|付款|回款))|电催|追(?:款|讨|债|偿|缴)|清(?:欠|收|债)|讨债"
    r"|欠款[^,。;]{0,6}(?:跟进|回收|追|清|管理)|应收(?![、和及/]?应付)(?:账款|款|帐款|款项)?[^,。;]{0,8}(?:跟进|追踪|跟踪|催|追|清理|回收|管理)"
    r"|(?:回款|货款|收款|款项|账款)[^,。;]{0,4}(?:跟进|跟踪|追踪|催|追|回收|回笼)|(?:跟进|跟踪|督促|负责)[^,。;]{0,8}(?:回款|收款|货款|账款)"
    r"|逾期(?:客户|用户|账|贷|案|款|提醒|资产|管理)|不良资产|资产保全|贷后(?:管理|催|跟进|业绩|作业)|m[1-6]\b|debt collect|overdue (?:payment|account|invoice|debt)|chas(?:e|ing) (?:up )?(?:payment|debt)|payment (?:collection|chasing)"
)
# Collection adverts and those on receivables have their own name in the title.
CHASING_TITLE = re.compile(
    r"催(?!化|眠|乳|芽)|清收|追(?:款|讨|债)|资产(?:保全|处置)|贷后(?!客服|服务|支持)|法催|外访|逾期|调解员.{0,4}(?:金融|信贷)"
)

SELLING_TITLE = re.compile(
    r"销售(?!支持|助理|内勤|客服|运营|文员|后台|数据|会计|跟单|行政|订单|服务|单证)|电销|话销|营销(?!策划|运营|设计|文案|支持|助理)|业务员|业务(?:代表|经理|客服)"
    r"|招商|置业|(?:课程|投资|理财|留学|健康|升学|教育|职业|美容|房产)顾问|理财|客户经理|销售代表|地推|保险(?:代理|销售|顾问)|经纪人|tmk|telesales"
    r"|渠道(?:经理|专员|拓展|销售)|零售经理|sales (?:manager|rep|executive|specialist)|salesman|renewal ?manager|邀约|增值(?:业务|vip)|租房(?:管家|顾问)|房产|房屋|分期(?:客服|专员|业务|坐席|岗|顾问)|账单分期|信用卡(?:推广|销售|专员|客户经理)|拓展|推广员|开单|年薪\d+w|月入(?:过万|\d+万)|bd(?![a-z])"
)
NOT_SELLING_TITLE = re.compile(
    r"(?:非|无|不做|不涉及|不带|没有|免|不含|不是)(?:任何)?(?:电话)?(?:销售|电销|营销|推销|业绩)"
)
_HARD_SELL = Phrases(
    r"(?:电话(?:销售|营销|邀约|推广|开发|推销|拓客|约访)|电销|外呼(?:销售|营销|推广))(?![^。;]{0,12}经[验历])"
    r"|(?:推销|推介|推广|推荐|销售|宣传|介绍)[^,。;]{0,8}(?:新?产品|业务|课程|保险|信用卡|方案|项目)(?!知识)|产品[^,。;]{0,6}(?:发布|推荐|推销|推广)[^,。;]{0,4}客户"
    r"|(?:办理|推荐|推广|营销|促成)[^,。;]{0,10}(?:分期|信用卡|贷款|保险|保单|套餐)|(?:账单|现金|信用卡)分期|分期(?:业务|还款业务|付款业务|项目|产品)"
    r"|(?:开发|挖掘|拓展|开拓)[^,。;]{0,8}(?:新?客户|市场|潜在|需求|渠道)|(?<!准确记录)(?:意向|潜在|目标)客户|促成(?:交易|成交|签约|订单)?|成交|签单|成单|开单|关单"
    r"|邀约[^,。;]{0,8}(?:上门|到店|到访|客户|试听|面谈|家长)|约访|邀请[^,。;]{0,8}(?:上门|到店|试听|参观)|销售(?:任务|目标|业绩|指标|额|话术|技巧|经验|工作|意识|提成)"
    r"|推广(?:业绩|任务|指标)|业绩(?:目标|指标|任务|考核|提成|压力)|完成[^,。;]{0,8}(?:销售|业绩|指标|任务额)|名单|资源(?:由公司)?(?:提供|分配)|公司提供(?:客户)?(?:资源|数据|名单)"
    r"|房屋(?:买卖|租赁)|房源(?:开发|积累)|置业(?:咨询|顾问)|二手(?:住)?房|\d+%\s*[-~到至]\s*\d+%\s*提成|提成\(?\d+%|产品推[介荐]|推荐服务|套餐推荐"
    r"|(?:市场|客户|业务)(?:的)?开[拓发]|开[拓发][^,。;]{0,8}(?:客户|代理商|合作伙伴|渠道)|(?:业务|商务)谈判|缔约|产品(?:的)?销售|销售(?:经历|团队前)"
    r"|\bselling\b|cross-?sell|up-?sell|sales (?:target|quota)|business development|responsible for sales"
    r"|增值(?:业务|服务)|会员(?:升级|推广)|续(?:费|报|保|单)|转化率|签约率|出单|回款率|车险|保险销售|寿险"
)
_COMMISSION = Phrases(
    r"(?:高|销售|业绩|个人|阶梯|\d+%的?)提成|底薪\+(?:高?提成|佣金)|提成|佣金|无责(?:任)?(?:底薪)?|上不封顶|月入(?:过)?万|轻松过万|高薪"
)
_SALES_ROLE_WORDS = Phrases(
    r"有(?:无)?(?:电话|客服)?销售(?:类)?(?:工作)?(?:者|经验)|电销经验|狼性|抗压|赚钱|目标感|企图心"
)
# Instalments of card bills are sold; those of people in trouble are not.
_INSTALMENTS = Phrases(r"(?:账单|现金|信用卡)分期|分期(?:业务|产品|客服)")
# Insurers' branches hire agents under every title.
_INSURER = re.compile(
    r"人寿|人保|(?:财|产)险|保险(?!经纪科技)|营销服务部|平安(?:普惠|综合)"
)
_NO_SELLING = re.compile(
    r"(?:无需?|非|不做|不涉及|没有|不含|不需要?|不是|拒绝|零|不带|无任何)(?:任何|电话|外呼|做|带|主动|有|涉及|硬性|打)*(?:销售|推销|电销|营销|业绩|推广|外呼)"
    r"|no sales|纯(?:客服|接听|服务)|只(?:需)?接听"
)


_FIGURES_TITLE = re.compile(
    r"数据|统计|报表|文员|录入|核算|内勤|销售(?:支持|助理|行政)|档案"
)
# Counting what others sold is not selling.
_FIGURES_OF_OTHERS = re.compile(
    r"(?:统计|核算|核对|汇总|分析|计算|整理|收集)[^,。;]{0,12}(?:销售|营销|业绩|提成|佣金)[^,。;]{0,6}"
    r"|(?:销售|营销|业绩|提成)[^,。;]{0,10}(?:统计|核算|核对|汇总|分析|报表|数据|台账|报告)|分配[^,。;]{0,10}销售目标|销售目标的?分配"
)


def sales_share(title: str, text: str, employer: str = "") -> int:
    """0 none, 1 some, 2 mainly selling; both folded."""
    text = _FIGURES_OF_OTHERS.sub("", text)
    named = SELLING_TITLE.search(title) is not None
    refused_in_title = NOT_SELLING_TITLE.search(title) is not None
    points = 2 * _HARD_SELL.count(text, most=5)
    points += _COMMISSION.count(text, most=2) + _COMMISSION.count(title, most=1)
    if _INSTALMENTS.found_in(text) and _COMMISSION.found_in(text):
        points += 1
    points += _SALES_ROLE_WORDS.count(text, most=2)
    if named and not refused_in_title:
        points += 4
    if _INSURER.search(employer):
        points += 2
    if not _pays_for_sales(text):
        # Where commission is paid and sellers are preferred, "no selling" is a bait.
        points -= 3 * bool(refused_in_title or _NO_SELLING.search(title))
        points -= 3 * bool(_NO_SELLING.search(text))
    # Desks that serve a sales team speak of sales in every line.
    main = 4 if named or not _FIGURES_TITLE.search(title) else 6
    if points >= main:
        return 2
    return 1 if points >= 2 else 0


_SALES_CATEGORY = re.compile(
    r"职能类别[::][^。;]{0,12}销售|关键字[::][^。;]{0,30}电话销售"
)


def _pays_for_sales(text: str) -> bool:
    signs = (
        "提成" in text,
        _SALES_ROLE_WORDS.found_in(text) or "销售工作经验" in text,
        _SALES_CATEGORY.search(text) is not None,
    )
    return sum(signs) >= 2


# Reminding the sales people of their customers' bills is not chasing anybody.
_FOR_COLLEAGUES = re.compile(
    r"(?:提醒|通知|配合)[^,。;]{0,4}(?:销售|业务)(?:人员|员|部)?[^,。;]{0,24}"
)


def chases_money(title: str, text: str) -> bool:
    text = _FOR_COLLEAGUES.sub("", text)
    return (
        CHASING_TITLE.search(title) is not None
        or CHASING.found_in(title)
        or CHASING.found_in(text)
    )


_FEES = re.compile(
    r"(?:交|缴|收取?|支付|预付|垫付|扣)[^,。;]{0,6}(?:押金|保证金|培训费|服装费|体检费|报名费|手续费|中介费|资料费|工装费|定金|学费|会费|加盟费)"
    r"|(?:押金|培训费|服装费|报名费|工装费|保证金)(?:为|约|共)?\d|\d+元的?[^,。;\d]{0,4}(?:押金|保证金)|培训贷|就业贷|先(?:学|培训)后付|(?:学费|培训)[^,。;]{0,6}(?:分期|贷款)"
    r"|垫(?:付|资)后?返|training loan|pay (?:a |the )?(?:refundable )?(?:deposit|fee)"
)
# 不以任何名义收取押金: the refusal may stand at the start of the clause.
_NO_FEES = re.compile(r"(?:不|无需?|免|严禁|拒绝|零|没有|never|no )[^,。;!]{0,20}$")
CREDIT_CHECK = Phrases(
    r"(?:提供|提交|出具|上交|携带|带)[^,。;]{0,8}(?:征信|信用)(?:报告|记录|证明)|(?:要|需|须|会)[^,。;]{0,4}(?:查|看)[^,。;]{0,6}(?:征信|信用)"
    r"|(?:个人|本人)(?:征信|信用)|(?:征信|信用|信用记录)(?:要求|须|需)?(?:记录)?(?:良好|正常|合格|无不良|没有不良|无逾期)"
    r"|无(?:不良|逾期)(?:征信|信用|记录)|(?:征信|信用)(?:报告)?(?:无|没有)|无逾期(?!费)|(?:^|[,。;\s\d.、])无(?:网贷|欠款|负债)|credit (?:report|check)"
)


def asks_fees(text: str) -> bool:
    """Whether any payment is asked of the applicant, in folded text."""
    return any(
        not _NO_FEES.search(text, max(0, match.start() - 24), match.start())
        for match in _FEES.finditer(text)
    )


FIELD_VISITS = Phrases(
    r"外勤|外访|陌生拜访|(?:敢于|定期|经常|日常|上门)[^,。;]{0,6}拜访|拜访[^,。;]{0,12}(?:客户|商户)|上门(?:拜访|催|服务|安装|维修|推|收|走访)?|拜访(?:客户|商户|企业)|客户拜访|走访|地推|扫楼|陌拜|驻外|(?:经常|频繁|能|接受|适应)[^,。;]{0,4}出差|外出(?:拜访|办事|工作|qc|验货|检验|巡检|办理|收)|跑(?:业务|市场|客户)"
)
# Paid by the task, hired by nobody: it stands under every title.
GIG = re.compile(
    r"日结|试玩|(?:应用|软件|app|产品)体验员|刷单|利用(?:自己的?)?(?:业余|空闲|碎片)时间|随时(?:随地)?(?:可做|都可以做)|手机(?:兼职|应用助理)|动动手指"
)
DISPATCH = Phrases(
    r"劳务派遣|派遣制|派遣合同|派遣(?:岗|员工|到)|人事外包|劳务外包|第三方签(?:订|约)|dispatch(?:ed)? (?:worker|labor|labour)"
)
LODGING = Phrases(
    r"包住|包吃住|提供住宿|(?:免费)?住宿|员工宿舍|宿舍|有住处|食宿|lodging"
)
OVERTIME = Phrases(r"加班(?!补贴|费|工资|少)|大小周|单休|996")
OUTBOUND = Phrases(
    r"外呼|呼出|拨打|致电|打电话|电话(?:回访|邀约|销售|营销|推广|沟通客户|联系|跟进|开发|拜访|核实|通知)|电销|outbound"
)
PHONE = Phrases(
    r"接听|来电|呼入|热线|400|电话|话务|语音|通话|coldcall|\bcall|普通话(?:标准|流利|清晰)|口齿清|声音(?:有|具)?(?:甜美|亲和)|嗓音"
)
PHONE_MAIN = Phrases(
    r"接听[^,。;]{0,12}(?:电话|来电|热线|咨询|客户|用户)|(?:电话|热线|话务|呼叫中心|400|语音)[^,。;]{0,6}(?:客服|接听|咨询|解答|服务|沟通|坐席|座席|受理|回访)"
    r"|(?:拨打|外呼|呼出|致电|呼入|电销|电话销售|电话营销|电话邀约)|通过电话|以电话|打电话|接电话|接线"
)
TEXT = Phrases(
    r"在线(?:客服|咨询|接待|解答|回复|沟通|聊天|服务|形式)|文字|打字|旺旺|千牛|qq|微信(?:客服|沟通|回复|客户|群)|邮件|网络客服|聊天工具|线上|live chat|e-?mail"
)
NO_PHONE = re.compile(
    r"(?:不(?:用|需要?|必|打|接)|无需?|没有|非|免)(?:打|接|接打|拨打)?(?:电话|外呼|通话|语音)|纯(?:文字|打字|在线)|无电话"
)
CAREER = re.compile(
    r"(?:晋升|发展|通道|成长|升职|路线|方向)[^。;]{0,40}(?:组长|主管|经理|质检|培训|讲师|管理)|team ?lead"
)
SERVICE = re.compile(r"客服|客户服务|坐席|座席|话务|customer service")
# The first duty follows the heading or the number one.
_FIRST_DUTY = re.compile(
    r"(?:职责|内容|描述|工作)[^\n:]{0,4}[:】\]]?\s*(?:1|一)?\s*[、.,)]?|^"
)


def comes_first(phrases: Phrases, text: str, within: int = 30) -> bool:
    """Whether the first duty listed is this one."""
    heading = _FIRST_DUTY.search(text)
    start = heading.end() if heading else 0
    return phrases.found_in(text[start : start + within])
