"""Which pages a WebSocket is opened for."""

import pytest

from playground.origin import is_own

HOSTS = ["localhost", "127.0.0.1", "[::1]", "lambda.example.org"]


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://localhost", "localhost"),
        ("http://localhost", "localhost:80"),
        ("http://[::1]:8000", "[::1]:8000"),
        ("https://lambda.example.org", "lambda.example.org"),
        ("https://lambda.example.org", "lambda.example.org:443"),
        ("https://LAMBDA.example.org", "lambda.example.org"),
        ("https://school.example.net", "lambda.example.org"),
        ("https://room.school.example.com", "lambda.example.org"),
    ],
)
def test_a_page_of_the_same_origin_or_a_trusted_one_is_let_in(origin: str, host: str) -> None:
    assert is_own(origin, host, HOSTS, ["https://school.example.net", "https://*.school.example.com"])


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("", "127.0.0.1:8000"),
        ("null", "127.0.0.1:8000"),
        ("http://127.0.0.1", "127.0.0.1:8000"),
        ("http://127.0.0.1:8001", "127.0.0.1:8000"),
        ("http://localhost:8000", "127.0.0.1:8000"),
        ("https://lambda.example.org", "lambda.example.org:80"),
        ("http://elsewhere.example", "lambda.example.org"),
        ("http://elsewhere.example", "elsewhere.example"),
        ("http://lambda.example.org.elsewhere.example", "lambda.example.org"),
        ("http://lambda.example.org@elsewhere.example", "lambda.example.org"),
        ("http://elsewhere.example@lambda.example.org", "lambda.example.org"),
        ("http://lambda.example.org/path", "lambda.example.org"),
        ("file://", "localhost"),
        ("ftp://localhost", "localhost"),
        ("http://localhost:port", "localhost:port"),
        ("http://[", "["),
        ("http://\x00", "localhost"),
    ],
)
def test_every_other_page_and_whoever_says_nothing_is_refused(origin: str, host: str) -> None:
    assert not is_own(origin, host, HOSTS, [])
