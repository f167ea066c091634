from __future__ import annotations

import phonenumbers
from phonenumbers import PhoneNumberType

# Mainland first; the others are tried when a number without a code is not one there.
REGIONS = ("CN", "TW", "HK", "MO")
MOBILE = frozenset(
    {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE},
)


class PhoneRefused(ValueError):  # noqa: N818 - reads as the event it is
    """`code` says why: invalid, region (not served) or ambiguous (needs its code)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def normalize_phone(text: str) -> str:
    """A mobile number as +8613800000000 (E.164); raises PhoneRefused."""
    text = text.strip()
    if text.startswith(("+", "00", "＋")):
        return _with_code(text)
    found = [number for region in REGIONS if (number := _mobile_in(text, region))]
    if not found:
        raise PhoneRefused("invalid")
    if len(found) > 1:
        raise PhoneRefused("ambiguous")
    return found[0]


def normalize_call_number(text: str) -> str:
    """A number that a person can ring, also a fixed line, as +862165551234 (E.164).

    One without its country's code is looked for in our regions; 8 digits may belong to
    several. Raises PhoneRefused, never for a region: nobody sends a code there.
    """
    text = text.strip()
    regions = REGIONS[:1] if text.startswith(("+", "00", "＋")) else REGIONS
    found = [number for region in regions if (number := _any_in(text, region))]
    if not found:
        raise PhoneRefused("invalid")
    # A mainland number is never meant otherwise here: it has its prefix or 11 digits.
    if len(found) > 1 and not found[0].startswith("+86"):
        raise PhoneRefused("ambiguous")
    return found[0]


def _any_in(text: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return _e164(number) if phonenumbers.is_valid_number(number) else None


def _with_code(text: str) -> str:
    try:
        number = phonenumbers.parse(text, REGIONS[0])
    except phonenumbers.NumberParseException as error:
        raise PhoneRefused("invalid") from error
    if not phonenumbers.is_valid_number(number):
        raise PhoneRefused("invalid")
    if phonenumbers.region_code_for_number(number) not in REGIONS:
        raise PhoneRefused("region")
    if phonenumbers.number_type(number) not in MOBILE:
        raise PhoneRefused("invalid")
    return _e164(number)


def _mobile_in(text: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number_for_region(number, region):
        return None
    if phonenumbers.number_type(number) not in MOBILE:
        return None
    return _e164(number)


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def shown_phone(phone: str) -> str:
    """As people write it: 138 0000 0000 at home, +852 9123 4567 elsewhere."""
    try:
        number = phonenumbers.parse(phone, REGIONS[0])
    except phonenumbers.NumberParseException:
        return phone
    at_home = phonenumbers.region_code_for_number(number) == REGIONS[0]
    style = phonenumbers.PhoneNumberFormat
    wanted = style.NATIONAL if at_home else style.INTERNATIONAL
    return str(phonenumbers.format_number(number, wanted))


def masked_contact(contact: str) -> str:
    """Enough to recognise one's own address: 138****0000, l***@example.com."""
    if "@" in contact:
        name, _, domain = contact.partition("@")
        return f"{name[:1]}***@{domain}"
    digits = contact.removeprefix("+86")
    return f"{digits[:-8]}****{digits[-4:]}"
