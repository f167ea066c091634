"""Finds other people's data in what somebody types: identity and card numbers, lists of
phone numbers, ledgers, debtors by name, and offers to bring such data.

Criminal Law 253-1 and PIPL 10 forbid passing these on. A person's own number is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.lib.debtor_words import (
    ASKS,
    CONTACT_PERSON,
    DEBTORS,
    FIGURE,
    FILE_NAMES,
    NAME,
    NOT_OFFERED_AFTER,
    NOT_OFFERED_BEFORE,
    ORDER_BEFORE,
    OVERDUE,
    SEP,
    is_name,
)
from accounts.lib.text import fold_characters

ID_NUMBER = "id_number"
BANK_CARD = "bank_card"
PHONE = "phone"
PHONES = "phones"
LEDGER = "ledger"
DEBTOR = "debtor"
OFFER = "offer"
KINDS = (ID_NUMBER, BANK_CARD, LEDGER, PHONES, PHONE, DEBTOR, OFFER)
# Rows that make a ledger, numbers that make a list.
LEAST = 2
# How far to look from a number for what it belongs to.
NEAR = 24

# GB 11643: the provinces, Taiwan, Hong Kong and Macao.
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_DIGITS = re.compile(rf"\d(?:{SEP}{{0,2}}\d){{14,}}(?:{SEP}{{0,2}}[xX])?")
_OLD_ID = re.compile(
    rf"(?<![\w*])(?:\d{{15}}|\d{{6}}{SEP}{{1,2}}\d{{6}}{SEP}{{1,2}}\d{{3}})(?![\w*])",
    re.ASCII,
)
_CARD = re.compile(
    rf"(?<!\d)(?:\d{{16,19}}|\d{{4}}(?:{SEP}{{1,2}}\d{{4}}){{3}}(?:{SEP}{{1,2}}\d{{1,3}})?)"
    r"(?![0-9A-Za-z])"
)
_CARD_STARTS = re.compile(r"62\d{14,17}|(?:[45]\d|35)\d{14}|9558\d{15}|6013\d{12,15}")
_MOBILE = re.compile(
    rf"(?<![\d*])(?:(?:\+|00)?86{SEP}{{0,2}})?"
    rf"(?:1[3-9]\d{{9}}|1[3-9]\d{SEP}{{1,2}}\d{{4}}{SEP}{{1,2}}\d{{4}}"
    rf"|1[3-9]\d\d{SEP}\d{{3}}{SEP}\d{{4}}|1(?:{SEP}\d){{10}}"
    rf"|09\d\d{SEP}?\d{{3}}{SEP}?\d{{3}})(?!\d)"
    rf"|(?<![\d*])\+(?:886{SEP}?9\d\d{SEP}?\d{{3}}{SEP}?\d{{3}}"
    rf"|85[23]{SEP}?\d{{4}}{SEP}?\d{{4}})(?!\d)"
)
_CODES = re.compile(r"^(?:00)?(?:886|85[23]|86(?=1[3-9]\d{9}$))|^0")
# What tells people apart in a ledger: a number, whole or masked, or its last digits.
_KEY = re.compile(
    rf"1[3-9]\d[\d*]{{4}}\d{{4}}|1[3-9]\d\*{{3,6}}\d{{2,4}}|\d{{4,6}}\*{{4,}}[\dxX]{{2,4}}"
    rf"|\d(?:{SEP}?\d){{14,16}}{SEP}?[\dxX]|尾号{SEP}?\d{{4}}"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage; `text[start:end]` is what was found."""

    kind: str
    start: int
    end: int


def find_debtor_data(text: str, *, own_phones: Iterable[str] = ()) -> list[Hit]:
    """Every passage in order; `own_phones` are the writer's, in any notation."""
    plain = fold_characters(text)
    numbers = [*_id_numbers(plain), *_bank_cards(plain)]
    hits = _apart(numbers)
    phones = [h for h in _mobiles(plain, own_phones) if not _inside(h, hits)]
    hits += _ledgers(plain)
    hits += phones if _differ(plain, phones) else _of_somebody(plain, phones)
    hits += [hit for hit in _debtors(plain) if not _inside(hit, hits)]
    hits += _offers(plain)
    return sorted(hits, key=lambda hit: (hit.start, KINDS.index(hit.kind)))


def find_in_file_name(name: str) -> list[Hit]:
    """The same in the name of a file, and the words such files are called by."""
    plain = fold_characters(name).replace("_", " ")
    named = [Hit(OFFER, m.start(), m.end()) for m in FILE_NAMES.finditer(plain)]
    return find_debtor_data(plain) or named[:1]


def masked(text: str, hit: Hit) -> str:
    """Enough to find the passage again, not enough to pass it on: 3301…12."""
    passage = " ".join(text[hit.start : hit.end].split())
    if hit.kind == OFFER:
        return passage
    if hit.kind in {LEDGER, DEBTOR}:
        return f"{passage[:1]}…"
    return f"{passage[:4]}…{passage[-2:]}"


def is_id_number(code: str) -> bool:
    """18 characters: a province, a day on which somebody alive was born, a check."""
    if code[:2] not in _PROVINCES or not _is_birthday(code[6:10], code[10:14]):
        return False
    total = sum(int(c) * weight for c, weight in zip(code[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == code[17].upper()


def _is_birthday(year: str, day: str) -> bool:
    if not 1900 <= int(year) <= 2099:
        return False
    try:
        date(int(year), int(day[:2]), int(day[2:]))
    except ValueError:
        return False
    return True


def _id_numbers(plain: str) -> Iterator[Hit]:
    """Also inside longer rows of digits: whoever glues them together is read too."""
    for run in _DIGITS.finditer(plain):
        places = [i for i in range(*run.span()) if plain[i].isdigit()]
        places += [run.end() - 1] if plain[run.end() - 1] in "xX" else []
        digits = "".join(plain[i] for i in places)
        for first in range(len(digits) - 17):
            code = digits[first : first + 18]
            if code[:17].isdigit() and is_id_number(code):
                yield Hit(ID_NUMBER, places[first], places[first + 17] + 1)
    for old in _OLD_ID.finditer(plain):
        digits = _only_digits(old.group())
        is_born = _is_birthday(f"19{digits[6:8]}", digits[8:12])
        if digits[:2] in _PROVINCES and is_born and not _is_order(plain, old.start()):
            yield Hit(ID_NUMBER, *old.span())


def _bank_cards(plain: str) -> Iterator[Hit]:
    for found in _CARD.finditer(plain):
        digits = _only_digits(found.group())
        if (
            _CARD_STARTS.fullmatch(digits)
            and _passes_luhn(digits)
            and not _is_order(plain, found.start())
        ):
            yield Hit(BANK_CARD, *found.span())


def _passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_order(plain: str, start: int) -> bool:
    return ORDER_BEFORE.search(plain[max(0, start - 16) : start]) is not None


def _mobiles(plain: str, own_phones: Iterable[str]) -> list[Hit]:
    """Numbers that are not the writer's own."""
    own = {_phone_key(fold_characters(phone)) for phone in own_phones if phone}
    return [
        Hit(PHONES, *found.span())
        for found in _MOBILE.finditer(plain)
        if _phone_key(found.group()) not in own
    ]


def _phone_key(text: str) -> str:
    return _CODES.sub("", _only_digits(text))


def _differ(plain: str, phones: Sequence[Hit]) -> bool:
    return len({_phone_key(plain[h.start : h.end]) for h in phones}) >= LEAST


def _of_somebody(plain: str, phones: Sequence[Hit]) -> list[Hit]:
    """One number that stands beside a person's name or beside what they owe."""
    return [
        Hit(PHONE, hit.start, hit.end)
        for hit in phones
        if _is_beside_a_person(*_around(plain, hit))
    ]


def _around(plain: str, hit: Hit) -> tuple[str, str]:
    before = plain[max(0, hit.start - NEAR) : hit.start].rpartition("\n")[2]
    after = plain[hit.end : hit.end + NEAR].partition("\n")[0]
    return before, after


def _is_beside_a_person(before: str, after: str) -> bool:
    if OVERDUE.search(before) or OVERDUE.search(after):
        return True
    named = NAME_BEFORE.search(before)
    if named and is_name(named["name"]):
        return not CONTACT_PERSON.search(before[: named.start("name")])
    named = NAME_AFTER.match(after)
    return named is not None and is_name(named["name"])


NAME_BEFORE = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>{NAME})[\s,:|/、。;()-]*"
    r"(?:电话|手机号?码?|号码|tel|phone|mobile)?[\s,:|/-]*$",
    re.I,
)
NAME_AFTER = re.compile(rf"[\s,:|/、()-]{{1,3}}(?P<name>{NAME})(?![\u4e00-\u9fff])")
_NAME_CELL = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>{NAME})(?![\u4e00-\u9fff])|^\W*[A-Z][a-z]+(?: [A-Z][a-z]+)+"
)


def _ledgers(plain: str) -> list[Hit]:
    """From the first to the last of at least two lines that each name somebody, how to
    reach them and what they owe."""
    rows = []
    start = 0
    for line in plain.split("\n"):
        if _is_row(line):
            rows.append((start, start + len(line)))
        start += len(line) + 1
    return [Hit(LEDGER, rows[0][0], rows[-1][1])] if len(rows) >= LEAST else []


def _is_row(line: str) -> bool:
    key = _KEY.search(line)
    if key is None:
        return False
    rest = f"{line[: key.start()]} {line[key.end() :]}"
    names = _NAME_CELL.finditer(rest)
    named = any(n["name"] is None or is_name(n["name"]) for n in names)
    return named and FIGURE.search(rest) is not None


def _debtors(plain: str) -> Iterator[Hit]:
    for pattern in DEBTORS:
        for found in pattern.finditer(plain):
            name = found.groupdict().get("name")
            if name is None or is_name(name):
                yield Hit(DEBTOR, *found.span())


def _offers(plain: str) -> list[Hit]:
    found = [
        Hit(OFFER, *match.span())
        for pattern in ASKS
        for match in pattern.finditer(plain)
        if _is_meant(plain, *match.span())
    ]
    return _apart(sorted(found, key=lambda hit: (hit.start, -hit.end)))


def _is_meant(plain: str, start: int, end: int) -> bool:
    """Neither forbidden nor told as what somebody else asked for."""
    before = plain[max(0, start - 14) : start]
    after = plain[end : end + 10]
    return not (NOT_OFFERED_BEFORE.search(before) or NOT_OFFERED_AFTER.match(after))


def _only_digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Without those that overlap an earlier one."""
    kept: list[Hit] = []
    for hit in hits:
        if not _inside(hit, kept):
            kept.append(hit)
    return kept


def _inside(hit: Hit, others: Sequence[Hit]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)
