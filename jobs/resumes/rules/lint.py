"""What a reader outside the trade would stumble over in a résumé line.

Words of the trade are advice. Unlawful practices and other people's data are refused: such
a line is not kept, so that nobody sends it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from accounts.lib.debtor_data import find_debtor_data
from accounts.lib.text import fold_characters
from jobs.resumes.rules.answers import DATA, Texts
from jobs.screening.rules.adverts import Advert
from jobs.screening.rules.catalogue import Severity
from jobs.screening.rules.engine import screen

TRADE, PRACTICE, PRIVATE, CONTACT, FIGURE = (
    "trade",
    "practice",
    "private",
    "contact",
    "figure",
)
REFUSED = frozenset({PRACTICE, PRIVATE, CONTACT})
# The rules of the screening catalogue that name something unlawful to do to people. What
# only an advert can do wrong (its hours, its pay, who it is) is not looked for.
PRACTICE_RULES = frozenset(
    {
        "col-contact-bombing",
        "col-contact-list-euphemism",
        "col-third-party-pressure",
        "col-child-school-threat",
        "col-photo-shaming",
        "col-threat-violence",
        "col-harassment-tool",
        "col-night-hours",
        "col-call-frequency",
        "col-home-visit",
        "col-public-exposure",
        "col-exaggerated-consequences",
        "col-any-means",
        "col-pressure-script",
        "id-impersonate-authority",
        "id-fake-legal-document",
        "id-role-play-deception",
        "id-number-spoofing-sim",
        "data-trade-pi",
        "data-illegal-lookup",
        "lend-file-packaging",
        "lend-cashout",
    }
)
# Of these a doubt is enough; of the others only what is plainly unlawful counts, so that
# an honest 外访 stays advice.
_DOUBT_IS_ENOUGH = frozenset(
    {"col-pressure-script", "col-contact-list-euphemism", "col-call-frequency"}
)
# Alone these mean little in an advert, and enough in what somebody says they did.
_PRACTICE = re.compile(
    "|".join(
        (
            r"施压|施加压力|轰炸|爆通|打爆|呼爆|爆破|群呼|呼死|堵门|堵锁|堵人|蹲守|失联修复|p图|软暴力|泼漆",
            r"冒充|假冒|假扮|跟踪客户|逼债|逼还|逼他|吓唬|吓客户|羞辱|辱骂|骂客户|骂哭|刺激客户|言语刺激",
            r"(?<![防被受])骚扰(?!的|投诉|拦截|来电|类)",
            r"(?:半夜|深夜|凌晨|大半夜)[^,。;不]{0,8}(?:打|拨|致电|催|联系)",
            r"假的?(?:传票|律师函|公函|文书|公章)|(?:家门口|楼下|单位门口)[^,。;不]{0,2}(?:等|守|堵|蹲)",
            r"(?:客户|借款人)[^,。;不]{0,2}(?:资料|名单|数据|信息)[^,。;不]{0,2}(?:带走|拷走|卖|外传)",
            r"(?:让|叫|劝|教)[^,。;不]{0,8}(?:借新还旧|以贷养贷|套现|借钱还|刷信用卡还)",
            r"(?:删|关|关掉|避开|绕开)录音",
            r"\bpressur(?:ed?|ing)\b(?! from)|\bintimidat\w+|\bimpersonat\w+|\bpretend(?:ed|ing) to be\b",
            r"\bsham(?:ed|ing)\b|\bstalk(?:ed|ing)\b|\bskip[- ]?trac\w+|\bharass(?:ed|ing)\b|\bscar(?:ed|ing) \w+ into\b",
            r"\b(?:call|phon|contact)(?:ed|ing) [^.;]{0,16}(?:\btheir|\bhis|\bher|'s|s') (?:boss|employers?|colleagues|relatives|famil(?:y|ies)|neighbou?rs)\b",
            r"\bpost(?:ed|ing) [^.;]{0,16}\b(?:photos?|names?|debts?)\b|\b(?:insult|shout)(?:ed|ing)\b",
        )
    )
)
# Said of what was not done, or was stopped. 不还就… is no such thing.
_NOT_DONE = re.compile(
    r"(?:(?:不|没有?|未|无|勿)[^,.;。!?就则便接还]{0,3}"
    r"|(?:禁止|严禁|拒绝|杜绝|避免|防止|制止|纠正|发现|举报|识别|查出|警惕|防范|提防)[^,.;。!?就则便]{0,8}"
    r"|(?:\bnever|\bnot|\bno|n't|\bwithout|\brefus\w+|\bstopped|\breported|\bunder)\b[^,.;!?]{0,12})$"
)
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|(?:微信|vx|v信|wechat|qq)(?:号)?\s*[:：]?\s*[A-Za-z0-9_-]{5,}"
)
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_MONTH = 30


@dataclass(frozen=True, slots=True)
class Remark:
    """One passage; `words` is `text[start:end]`, `instead` may be put there."""

    kind: str
    code: str
    start: int
    end: int
    words: str
    instead: str = ""
    why: Texts | None = None

    @property
    def is_refused(self) -> bool:
        return self.kind in REFUSED


@dataclass(frozen=True, slots=True)
class _Word:
    code: str
    patterns: tuple[re.Pattern[str], ...]
    instead: Texts | None
    why: Texts


def lint(
    text: str, *, language: str = "zh-hans", figures: Iterable[int] | None = None
) -> list[Remark]:
    """Remarks in reading order. `figures` are those the person gave; None asks for none.

    `language` is what the résumé is written in; a text in another gets words of its own.
    """
    plain = fold_characters(text)
    language = language_of(text, plain, language)
    refused = list(_without_overlaps([*_practices(text, plain), *_private(text)]))
    found = [*refused, *_apart_from(refused, _trade_words(text, plain, language))]
    if figures is not None:
        found += _apart_from(found, _unknown_figures(text, plain, frozenset(figures)))
    return sorted(found, key=lambda remark: (remark.start, remark.end))


def language_of(text: str, plain: str, usual: str) -> str:
    """Chinese words for a Chinese text, in its script where that shows; else the usual."""
    is_chinese = bool(_CHINESE.search(text))
    if not is_chinese:
        return "en" if re.search("[A-Za-z]{3}", text) else usual
    if usual != "en":
        return usual
    is_traditional = any(
        a != b for a, b in zip(text, plain, strict=True) if a > "\u2e7f"
    )
    return "zh-hant" if is_traditional else "zh-hans"


def is_refused(text: str) -> bool:
    """Whether this must not stand in a résumé line."""
    return any(remark.is_refused for remark in lint(text))


def figures_in(text: str) -> set[int]:
    """Whole numbers in a text, as the figures its writer has accounted for."""
    found = _FIGURES.findall(fold_characters(text))
    return {int(figure) for figure in found if "." not in figure}


def _practices(text: str, plain: str) -> list[Remark]:
    # The title tells the rules that this is about collecting, as people's past is. Their
    # English half would then refuse colleagues who were contacted, so it goes without.
    title = "催收员" if _CHINESE.search(text) else ""
    advert = Advert(title=title, description=text)
    screening = screen(advert, today=date.min, missing_fields=False)
    found = [
        _remark(PRACTICE, finding.rule, text, finding.start, finding.end)
        for finding in screening.findings
        if finding.field == "description"
        and finding.rule in PRACTICE_RULES
        and (finding.severity == Severity.BLOCK or finding.rule in _DOUBT_IS_ENOUGH)
    ]
    own = (
        _remark(PRACTICE, "practice", text, *match.span())
        for match in _PRACTICE.finditer(plain.lower())
        if not _NOT_DONE.search(plain.lower()[: match.start()])
    )
    return [*found, *own]


def _private(text: str) -> Iterator[Remark]:
    for hit in find_debtor_data(text):
        yield _remark(PRIVATE, hit.kind, text, hit.start, hit.end)
    for match in _CONTACT.finditer(fold_characters(text).lower()):
        yield _remark(CONTACT, "contact", text, *match.span())


def _trade_words(text: str, plain: str, language: str) -> list[Remark]:
    found = [
        _remark(
            TRADE,
            word.code,
            text,
            *match.span(),
            instead=_instead(word, match.group(), language),
            why=word.why,
        )
        for word in trade_words()
        for pattern in word.patterns
        for match in pattern.finditer(plain)
        if word.code != "third_person" or not _NOT_DONE.search(plain[: match.start()])
    ]
    return list(_without_overlaps(found))


def _unknown_figures(text: str, plain: str, known: frozenset[int]) -> Iterator[Remark]:
    for match in _FIGURES.finditer(plain):
        digits = match.group()
        if "." in digits or int(digits) not in known:
            yield _remark(FIGURE, "figure", text, *match.span())


def _instead(word: _Word, found: str, language: str) -> str:
    if word.code == "bucket":
        return days_late(found, language)
    return word.instead.text(language) if word.instead else ""


_Say = Callable[[str], str]
_DAYS: dict[str, tuple[_Say, _Say, str]] = {
    "zh-hans": ("逾期 {} 天".format, "逾期 {} 天以上".format, "还没到期"),
    "zh-hant": ("逾期 {} 天".format, "逾期 {} 天以上".format, "還沒到期"),
    "en": ("{} days late".format, "more than {} days late".format, "not yet due"),
}


def days_late(bucket: str, language: str) -> str:
    """M2 as 31–60 days: a month of the trade is thirty days."""
    numbers = [int(n) for n in re.findall(r"\d+", bucket)]
    between, above, not_due = _DAYS[language]
    first, last = min(numbers), max(numbers)
    if bucket.endswith("+"):
        return above(str(last * _MONTH))
    if last == 0:
        return not_due
    low = max(first - 1, 0) * _MONTH + 1
    return between(f"{low}–{last * _MONTH}")


@cache
def trade_words() -> tuple[_Word, ...]:
    with (DATA / "trade_words.toml").open("rb") as file:
        rows = tomllib.load(file)["word"]
    compile_word = partial(re.compile, flags=re.IGNORECASE)
    return tuple(
        _Word(
            code=row["code"],
            patterns=(
                *map(compile_word, row.get("zh", ())),
                *(compile_word(rf"\b{word}") for word in row.get("en", ())),
            ),
            instead=Texts(tuple(row["instead"])) if "instead" in row else None,
            why=Texts(tuple(row["why"])),
        )
        for row in rows
    )


def _remark(
    kind: str,
    code: str,
    text: str,
    start: int,
    end: int,
    *,
    instead: str = "",
    why: Texts | None = None,
) -> Remark:
    return Remark(kind, code, start, end, text[start:end], instead, why)


def _without_overlaps(found: Iterable[Remark]) -> Iterator[Remark]:
    """The longest where they overlap."""
    kept: list[Remark] = []
    for remark in sorted(found, key=lambda r: (r.start - r.end, r.start)):
        if not _overlaps(remark, kept):
            kept.append(remark)
            yield remark


def _apart_from(earlier: list[Remark], found: Iterable[Remark]) -> list[Remark]:
    return [remark for remark in found if not _overlaps(remark, earlier)]


def _overlaps(remark: Remark, others: Iterable[Remark]) -> bool:
    return any(remark.start < o.end and o.start < remark.end for o in others)
