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


# Parts of speech: nouns and verbs used as nouns, without people's and places' names.
_NAMES_THINGS = ("n", "vn")
# Words of titles and wishes that name no trade: who hires, what is promised, ranks.
_NO_TRADE = frozenset(
    re.findall(
        r"\w+",
        "助理 专员 文员 主管 经理 组长 管理 岗位 人员 员工 实习 实习生 应届 应届生 毕业生 储备 干部 管培生 培训 培训生 高级 中级 初级 "
        "双休 单休 周末 包住 包吃 吃住 食宿 住宿 底薪 高薪 月薪 年薪 薪资 工资 提成 奖金 补贴 无责 保底 五险 一金 六险 社保 公积金 福利 "
        "急招 急聘 诚聘 招聘 直招 接受 欢迎 无需 不限 可以 长期 兼职 全职 兼职 加班 白班 夜班 晚班 轮班 朝九晚 上班 下班 晚上 白天 "
        "上海 北京 广州 深圳 成都 杭州 武汉 方向 职位 编号 公司 集团 平台 大型 知名 行业 方面 一类 这类 那种 这种 什么 都行 不限 随便 稳定 "
        "押金 定金 银行 整理 信息 内容 游戏 值夜班 电脑 分析师 活儿 干活 做事 东西 时候 孩子 家里 年纪 年龄 学历 初中 高中 中专 大专 本科 客户 用户 销售 电话 业务 服务 客服 技术 数据 产品 项目",
    )
)


def trade_words(text: str) -> frozenset[str]:
    """Words of a folded title or wish that may name a trade we have no entry for."""
    tagged = [pair for pair in _segmenter().tag(text) if len(pair[0]) > 1]
    return frozenset(
        word
        for word, kind in tagged
        if kind.startswith(_NAMES_THINGS)
        and word not in _NO_TRADE
        and word not in _STOP
        and not word.isascii()
    )


def content_words(text: str) -> frozenset[str]:
    return frozenset(segment(text)) - _STOP
