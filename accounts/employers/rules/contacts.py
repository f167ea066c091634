"""How names and telephones are written down so that equal ones are equal."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

from accounts.identity.rules.phones import REGIONS, PhoneRefused, normalize_phone
from accounts.lib.text import to_simplified

NOT_A_LETTER = re.compile(r"[\W_]+")


def normal_name(text: str) -> str:
    """A person's name without spaces, marks, width, case and script."""
    plain = unicodedata.normalize("NFKC", to_simplified(text))
    return NOT_A_LETTER.sub("", plain).casefold()


def normalize_office_phone(text: str) -> str:
    """A mobile or a fixed line as E.164; raises PhoneRefused with its code."""
    try:
        return normalize_phone(text)
    except PhoneRefused as refused:
        if refused.code == "ambiguous":
            raise
        return _fixed_line(text, refused)


def _fixed_line(text: str, refused: PhoneRefused) -> str:
    try:
        number = phonenumbers.parse(text.strip(), REGIONS[0])
    except phonenumbers.NumberParseException:
        raise refused from None
    region = phonenumbers.region_code_for_number(number)
    if not phonenumbers.is_valid_number(number) or region not in REGIONS:
        raise refused
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
