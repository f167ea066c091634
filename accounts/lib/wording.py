"""How Chinese text is set here: full-width marks, 你, and one word for one thing."""

from __future__ import annotations

import re

from django.utils.html import strip_tags

CHINESE = r"\u3001-\u301c\u3400-\u9fff\uff01-\uff5e“”‘’…"
HALF_WIDTH = re.compile(rf"[{CHINESE}](?:[,:;?!()]|\.(?!\w))|[,:;?!()] ?[{CHINESE}]")
# Neither is prose: what code fills in, and addresses.
NOT_PROSE = re.compile(r"%%|%\(\w+\)[sd]|%[sd]|\{\w*\}|https?://[!-~]+")

# What is not said here, and what is said instead (docs/words.md).
AVOIDED: dict[str, dict[str, str]] = {
    "zh_Hans": {
        "您": "你",
        "岗位": "职位",
        "帐号": "账号",
        "登陆": "登录",
    },
    "zh_Hant": {
        "您": "你",
        "職位": "職缺",
        "崗位": "職缺",
        "招聘方": "雇主",
        "投遞": "應徵",
        "簡歷": "履歷",
        "短信": "簡訊",
        "郵箱": "電子郵件",
        "登錄": "登入",
        "登陸": "登入",
        "退出登入": "登出",
        "賬號": "帳號",
        "保存": "儲存",
        "屏幕": "螢幕",
        "軟件": "軟體",
        "視頻": "影片",
        "用戶": "使用者",
        "網絡": "網路",
        "鏈接": "連結",
        "點擊": "點一下",
        "默認": "預設",
        "反饋": "回饋",
        "身份證": "身分證",
        "隱私政策": "隱私權說明",
    },
}


def text_problems(text: str, locale: str) -> list[str]:
    """What is wrong with a Chinese text, in short sentences; [] is good."""
    prose = NOT_PROSE.sub("x", strip_tags(text))
    marks = [
        f"half-width mark: {found.group()}" for found in HALF_WIDTH.finditer(prose)
    ]
    words = [
        f"say {better}, not {word}"
        for word, better in AVOIDED[locale].items()
        if word in prose
    ]
    return marks + words
