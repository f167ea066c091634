"""Tokens made by us are Django's: Django itself is asked."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest
from django.middleware import csrf
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH
from hypothesis import given, strategies as st

from accounts.lib.csrf_tokens import masked, token_for

# What a form meets.
fits = csrf._does_token_match  # type: ignore[attr-defined]
SECRETS = st.text(
    CSRF_ALLOWED_CHARS, min_size=CSRF_SECRET_LENGTH, max_size=CSRF_SECRET_LENGTH
)


@given(SECRETS, SECRETS)
def test_a_token_fits_its_own_secret_and_no_other(secret: str, other: str) -> None:
    token = masked(secret)
    assert fits(token, secret)
    assert fits(token, other) == (secret == other)


def test_no_two_tokens_of_one_secret_look_alike() -> None:
    secret = "a" * CSRF_SECRET_LENGTH
    tokens = {masked(secret) for _ in range(200)}
    assert len(tokens) == 200
    # No letter of the secret stands through: each is as likely as the others.
    letters = Counter("".join(token[CSRF_SECRET_LENGTH:] for token in tokens))
    assert set(letters) == set(CSRF_ALLOWED_CHARS)
    assert max(letters.values()) < 3 * min(letters.values())


def test_who_has_no_secret_gets_one_and_keeps_it() -> None:
    request = HttpRequest()
    token = token_for(request)
    secret = request.META["CSRF_COOKIE"]
    assert fits(token, secret)
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"]
    assert fits(token_for(request), secret)
    assert request.META["CSRF_COOKIE"] == secret
    other = HttpRequest()
    token_for(other)
    assert other.META["CSRF_COOKIE"] != secret
