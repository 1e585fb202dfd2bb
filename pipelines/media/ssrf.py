"""Which addresses may be asked for files: public ones only.

An export is written by strangers, and what it names is asked for from inside the user's network. So nothing that is not
public is ever connected to (server-side request forgery): an address is judged as it is written, every address its host
resolves to is judged, and the connection goes to the addresses that were judged, without another look-up. Each hop of a
redirect is an address of its own. The list of networks is that of the IANA registries for special purposes:
https://www.iana.org/assignments/iana-ipv4-special-registry and .../iana-ipv6-special-registry; Python's `is_global` is
not asked, since it lets NAT64, 6to4 and multicast through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple

from converters import urls

_PORTS = frozenset({80, 443, 8080, 8443})
_DEFAULT_PORT = {"http": 80, "https": 443}
_NOT_PUBLIC_V4 = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 "
        "198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
    ).split()
)
_PUBLIC_V6 = ip_network("2000::/3")
"""The only part of IPv6 that is handed out; loopback, local, mapped, NAT64 and multicast addresses lie outside."""
_NOT_PUBLIC_V6 = tuple(
    ip_network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "onion", "invalid")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")


class RefusedError(Exception):
    """The address is not asked; the message says why, in a few words."""


class Target(NamedTuple):
    """An address that may be asked, as far as can be told from the way it is written."""

    url: str
    scheme: str
    host: str
    """Small, in ASCII, without a dot at the end and without brackets."""
    port: int


def check_url(url: str, *, allow_private: bool = False) -> Target:
    """The address, if it is http or https, of a public host, without a password, on a port of the web.

    Raises RefusedError. Forms of numbers that only `inet_aton` reads (`2130706433`, `0x7f.1`, `0177.0.0.1`) are refused
    whatever they mean: no site writes its addresses so.
    """
    parts = urls.split(url)
    if parts is None or any(ord(letter) < 33 or letter == "\\" for letter in url):
        raise RefusedError("no valid address")
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORT:
        raise RefusedError(f"only http and https, not {scheme or 'nothing'}")
    if "@" in parts.netloc:
        raise RefusedError("a user or a password in the address")
    host = _ascii(parts.hostname or "")
    port = parts.port if parts.port is not None else _DEFAULT_PORT[scheme]
    if not allow_private and port not in _PORTS:
        raise RefusedError(f"port {port} is none of the web")
    _check_host(host, allow_private=allow_private)
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port == _DEFAULT_PORT[scheme] else f"{shown}:{port}"
    return Target(parts._replace(scheme=scheme, netloc=netloc, fragment="").geturl(), scheme, host, port)


def _ascii(host: str) -> str:
    """The host as DNS knows it: what looks like a letter becomes that letter (`ⓛocalhost`), the rest is Punycode."""
    plain = unicodedata.normalize("NFKC", host).replace("\u3002", ".").lower()
    if not plain.isascii():
        try:
            plain = plain.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise RefusedError("no valid host") from error
    return plain.removesuffix(".")


def _check_host(host: str, *, allow_private: bool) -> None:
    if ":" in host or _is_number(host):
        try:
            address = ip_address(host)
        except ValueError as error:
            raise RefusedError("no plain address") from error
        if not allow_private:
            check_address(address)
        return
    if not host or len(host) > 253 or not all(_NAME.fullmatch(label) for label in host.split(".")):
        raise RefusedError("no valid host")
    local = "." not in host or host.endswith(tuple(f".{name}" for name in _LOCAL_NAMES))
    if local and not allow_private:
        raise RefusedError("a name of a local network")


def _is_number(host: str) -> bool:
    """Would a browser read this as an IPv4 address? (https://url.spec.whatwg.org/#ends-in-a-number-checker)"""
    return bool(_NUMBER.fullmatch(host.rpartition(".")[2]))


def check_address(address: IPv4Address | IPv6Address | str) -> None:
    """Raises RefusedError for an address that is not public."""
    try:
        found = ip_address(address)
    except ValueError as error:
        raise RefusedError("no plain address") from error
    if isinstance(found, IPv4Address):
        public = not any(found in network for network in _NOT_PUBLIC_V4)
    else:
        public = found.scope_id is None and found in _PUBLIC_V6
        public = public and not any(found in network for network in _NOT_PUBLIC_V6)
    if not public:
        raise RefusedError("not a public address")


def check_all(addresses: Iterable[str], *, allow_private: bool = False) -> list[str]:
    """All addresses of a host, when every one of them is public; raises RefusedError for one that is not, and for none.

    A host with one public and one private address is not trusted with the public one: which of them is connected to
    would be left to chance.
    """
    found = list(dict.fromkeys(addresses))
    if not found:
        raise RefusedError("no such host")
    if not allow_private:
        for address in found:
            check_address(address)
    return found
