"""The proxies that the environment names: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, in small letters, too.

They mean here what they mean to curl: a proxy for each scheme, `ALL_PROXY` for those without one of their own, and in
`NO_PROXY` names with commas between that are asked without any, with all names below them, and networks (`10.0.0.0/8`);
`*` stands for all. A name that leads to this machine never goes to a proxy. Nothing but the environment is asked: no
settings of the system, and no `.netrc`, which holds passwords.
"""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address, ip_network
from typing import NamedTuple
from urllib.request import getproxies_environment

from converters import urls
from converters.errors import UsageError
from pipelines.media.guard import Target

_SPOKEN = ("http", "https")


class Proxies(NamedTuple):
    """`by_scheme` is as `urllib.request` gives it: addresses of proxies by scheme, `NO_PROXY` under `no`."""

    by_scheme: dict[str, str]

    @classmethod
    def of_environment(cls) -> Proxies:
        """Raises UsageError for a proxy that speaks something else than HTTP."""
        found = {scheme: value.strip() for scheme, value in getproxies_environment().items() if value.strip()}
        for scheme in (*_SPOKEN, "all"):
            if scheme in found:
                found[scheme] = _address(scheme, found[scheme])
        return cls(found)

    def __bool__(self) -> bool:
        return any(scheme in self.by_scheme for scheme in (*_SPOKEN, "all"))

    def to(self, target: Target) -> str:
        """The address of the proxy that a host is reached through; empty for none."""
        proxy = self.by_scheme.get(target.scheme) or self.by_scheme.get("all", "")
        if not proxy or _is_this_machine(target.host):
            return ""
        return "" if any(_means(name, target) for name in self.by_scheme.get("no", "").split(",")) else proxy


def _address(scheme: str, value: str) -> str:
    """With its scheme, which many leave out: `proxy.example:3128`."""
    address = value if "://" in value else f"http://{value}"
    parts = urls.split(address)
    if parts is None or parts.scheme.lower() not in _SPOKEN or not parts.hostname:
        spoken = address.partition("://")[0] if parts is None or parts.hostname else ""
        what = f"speaks {spoken}" if spoken and spoken not in _SPOKEN else "is no address"
        raise UsageError(
            f"{scheme.upper()}_PROXY {what}: --media download goes through proxies of HTTP only. "
            "Name one of these, or take the variable away."
        )
    return address


def _means(name: str, target: Target) -> bool:
    """Does an entry of `NO_PROXY` mean this host?"""
    name = name.strip().lower()
    if name == "*":
        return True
    host, mark, port = name.rpartition(":")
    if mark and port.isdigit() and (":" not in host or host.endswith("]")):
        if int(port) != target.port:
            return False
        name = host
    name = name.strip("[]").removeprefix("*").removeprefix(".")
    if not name:
        return False
    with suppress(ValueError):  # most are names
        return ip_address(target.host) in ip_network(name, strict=False)
    return target.host == name or target.host.endswith(f".{name}")


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
