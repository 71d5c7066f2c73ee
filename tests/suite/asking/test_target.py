"""Addresses: what a URL may mean, and what can be no server's."""

from __future__ import annotations

import pytest
from wirecheck.asking.target import BadAddress, Target, addresses


@pytest.mark.parametrize(
    "url", ["http://host:8000/v1", "http://host:8000/v1/", "host:8000/v1", " http://host:8000/v1\n"]
)
def test_an_address_with_v1_means_one(url: str) -> None:
    assert addresses(url) == [("http://host:8000", "http://host:8000/v1")]


def test_a_prefix_stays() -> None:
    assert addresses("https://host/gateway/v1") == [("https://host/gateway", "https://host/gateway/v1")]


@pytest.mark.parametrize("url", ["http://host", "http://host/", "HTTP://host"])
def test_an_address_without_v1_means_two(url: str) -> None:
    assert addresses(url) == [("http://host", "http://host/v1"), ("http://host", "http://host")]


def test_an_ipv6_address_keeps_its_brackets() -> None:
    assert addresses("[::1]:8000/v1") == [("http://[::1]:8000", "http://[::1]:8000/v1")]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "wanted http://HOST"),
        ("ftp://host/v1", "wanted http://HOST"),
        ("http://", "wanted http://HOST"),
        ("http://:8000", "wanted http://HOST"),
        ("http://host:99999", "ort"),
        ("http://host:eighty", "ort"),
        ("http://[::1", "http://"),
        ("http://host/v1?key=1", "no query and no fragment"),
        ("http://host/v1#top", "no query and no fragment"),
    ],
)
def test_what_is_no_servers_address_is_refused(url: str, why: str) -> None:
    with pytest.raises(BadAddress, match=why):
        addresses(url)


def test_a_key_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadAddress, match="--api-key") as refused:
        addresses("http://user:sk-secret@host/v1")
    assert "sk-secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/v1", "http://host/api"),
        ("/v1/models?limit=1", "http://host/api/models?limit=1"),
        ("/health", "http://host/health"),
        ("/v1x", "http://host/v1x"),
    ],
)
def test_paths_of_the_contract_have_addresses(path: str, url: str) -> None:
    assert Target("http://host", "http://host/api").url(path) == url


def test_keys_are_secrets_and_not_shown() -> None:
    target = Target("http://host", "http://host/v1", key="sk-one", keys={"limited_key": "sk-two"})
    assert target.secrets == ("sk-one", "sk-two")
    assert "sk-" not in repr(target)
    assert Target("http://host", "http://host/v1").secrets == ()
