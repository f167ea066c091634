"""Texts that are made to be slow to read, each of any length."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

from jobs.screening.rules.catalogue import default_catalogue

_REPEATED = {
    "an anchor word": "爆通讯录",
    "a common first word": "给",
    "half a phrase": "给债务人父",
    "collection words in one sentence": "催收逾期欠款客户联系人",
    "a strong negator": "严禁",
    "negated hits": "严禁爆通讯录,",
    "negated hits, no punctuation": "严禁爆通讯录",
    "weakly negated hits": "不爆通讯录",
    "headings": "严禁以下行为:爆通讯录",
    "clean words, no punctuation": "接听客户来电双休五险一金",
    "nested gaps": "谈判谈判后后收收提提",
    "digits": "1234567890",
    "one digit": "1",
    "numbered items": "1、",
    "ages": "18岁-35岁",
    "brackets": "(限男)【】",
    "open brackets": "(",
    "one Latin letter": "a",
    "spelt-out letters": "a ",
    "an English anchor": "call ",
    "English with hyphens": "call-",
    "hyphens": "-",
    "combining marks": "爆\u0301\u0302\u0303通",
    "nothing but combining marks": "\u0301",
    "zero-width characters": "爆\u200b\u200d\ufeff通",
    "nothing but zero-width characters": "\u200b",
    "half surrogates": "\ud83d",
    "emoji": "😀爆✅",
    "spaces": " ",
    "spaces between letters": "爆 通 讯 录 ",
    "new lines": "\n",
    "carriage returns": "\r\n爆通讯录",
    "commas": ",",
    "Traditional with regional words": "爆通訊錄聯絡簡訊網路",
    "compatibility characters": "㍿ﷺ①",
    "contacts": "加微信wx:abc123",
}


def _repeat(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def hostile_names() -> list[str]:
    return [*_REPEATED, *_MADE]


def hostile_text(name: str, length: int) -> str:
    if name in _REPEATED:
        return _repeat(_REPEATED[name], length)
    return _MADE[name](length)[:length]


@cache
def _words_of_the_catalogue() -> list[str]:
    return sorted(
        word
        for rule in default_catalogue().rules
        for phrase in rule.phrases
        for words in phrase.words
        for word in words
    )


def _chinese() -> list[str]:
    return [word for word in _words_of_the_catalogue() if not word.isascii()]


def _english() -> list[str]:
    return [word for word in _words_of_the_catalogue() if word.isascii()]


def _shuffled(words: list[str], between: str, length: int) -> str:
    random = Random(7)
    found: list[str] = []
    total = 0
    while total < length:
        found.append(random.choice(words))
        total += len(found[-1]) + len(between)
    return between.join(found)


_MADE: dict[str, Callable[[int], str]] = {
    "one strong negator before all": lambda n: "严禁" + _repeat("爆通讯录", n),
    "an English gap of hyphens": lambda n: "call " + _repeat("a-", n),
    "all Chinese words": lambda n: _shuffled(_chinese(), "", n),
    "all Chinese words, commas": lambda n: _shuffled(_chinese(), ",", n),
    "all English words": lambda n: _shuffled(_english(), " ", n),
    "all words": lambda n: _shuffled(_words_of_the_catalogue(), " ", n),
}
