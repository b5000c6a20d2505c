"""Where a request comes from: no header is believed but what so many proxies of ours have added."""

import pytest

from playground.client_address import address_of

CLIENT, PROXY, INNER = "203.0.113.9", "10.0.0.1", "10.0.0.2"


@pytest.mark.parametrize(
    ("remote", "forwarded_for", "proxies", "address"),
    [
        (CLIENT, "", 0, CLIENT),
        (CLIENT, "198.51.100.1", 0, CLIENT),
        (PROXY, CLIENT, 1, CLIENT),
        (PROXY, f"198.51.100.1, {CLIENT}", 1, CLIENT),
        (INNER, f"198.51.100.1, {CLIENT}, {PROXY}", 2, CLIENT),
        (PROXY, "", 1, PROXY),
        (PROXY, "nonsense", 1, PROXY),
        (PROXY, "nonsense,,", 1, PROXY),
        ("::ffff:203.0.113.9", "", 0, CLIENT),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "", 0, "2001:db8:1:2::/64"),
        ("", "", 0, ""),
        ("a unix socket", CLIENT, 0, ""),
    ],
)
def test_the_address_is_the_one_that_the_outermost_proxy_has_seen(
    remote: str, forwarded_for: str, proxies: int, address: str
) -> None:
    assert address_of(remote, forwarded_for, proxies) == address
