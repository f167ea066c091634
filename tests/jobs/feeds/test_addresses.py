"""Where our server may be led to by somebody's address, and where it may not."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from accounts.lib.addresses import is_public
from jobs.feeds.rules.addresses import AddressRefused, host_of


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://jobs.example.com/feed.xml", "not_https"),
        ("ftp://jobs.example.com/feed.xml", "not_https"),
        ("file:///etc/passwd", "not_https"),
        ("gopher://jobs.example.com/", "not_https"),
        ("//jobs.example.com/", "not_https"),
        ("", "not_https"),
        ("https://", "not_a_name"),
        ("https://localhost/", "not_a_name"),
        ("https://intranet/feed", "not_a_name"),
        ("https://127.0.0.1/", "not_a_name"),
        ("https://127.1/", "not_a_name"),
        ("https://2130706433/", "not_a_name"),
        ("https://0x7f.0.0.1/", "not_a_name"),
        ("https://0177.0.0.1/", "not_a_name"),
        ("https://8.8.8.8/", "not_a_name"),
        ("https://１２７.０.０.１/", "not_a_name"),
        ("https://[::1]/", "not_a_name"),
        ("https://[::ffff:127.0.0.1]/", "not_a_name"),
        ("https://[fe80::1%25eth0]/", "not_a_name"),
        ("https://user:secret@jobs.example.com/", "address"),
        ("https://jobs.example.com@127.0.0.1/", "address"),
        ("https://jobs.example.com:22/", "port"),
        ("https://jobs.example.com:8443/", "port"),
        ("https://jobs.example.com:99999/", "address"),
        ("https://[oops/", "address"),
        (f"https://jobs.example.com/{'x' * 500}", "address"),
    ],
)
def test_an_address_is_refused(url: str, code: str) -> None:
    with pytest.raises(AddressRefused) as error:
        host_of(url)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://jobs.example.com/feed.xml?a=1", "jobs.example.com"),
        ("https://JOBS.example.com./feed", "jobs.example.com"),
        ("https://jobs.example.com:443/", "jobs.example.com"),
        ("https://招聘.example.中国/feed", "招聘.example.中国"),
    ],
)
def test_an_ordinary_address_is_taken(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "2002:7f00:1::",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "ff02::1",
        "fec0::1",
        "localhost",
        "",
        "127.1",
        "0x7f000001",
        "2130706433",
    ],
)
def test_what_is_not_on_the_open_internet(text: str) -> None:
    assert not is_public(text)


@pytest.mark.parametrize(
    "text", ["8.8.8.8", "1.1.1.1", "223.5.5.5", "2400:3200::1", "2606:4700::1111"]
)
def test_what_is(text: str) -> None:
    assert is_public(text)


@given(
    st.ip_addresses(v=4, network="10.0.0.0/8")
    | st.ip_addresses(v=6, network="fc00::/7")
)
def test_no_private_address_is_public_in_any_form(address: object) -> None:
    text = str(address)
    assert not is_public(text)
    if ":" not in text:
        assert not is_public(f"::ffff:{text}")
        assert not is_public(f"64:ff9b::{text}")
        assert not is_public(f"::{text}")


@given(st.text(max_size=60))
def test_any_text_is_taken_or_refused(text: str) -> None:
    for url in (text, f"https://{text}"):
        try:
            host = host_of(url)
        except AddressRefused:
            continue
        assert "." in host
        assert "@" not in host
