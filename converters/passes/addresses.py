"""The user's rules for addresses: another beginning for those that begin in a certain way (`[addresses]`)."""

from __future__ import annotations

from collections.abc import Mapping

from converters.model.notices import Log


class Addresses:
    """The rules of one site; the longest beginning counts. `http` and `https` are one."""

    def __init__(self, rules: Mapping[str, str]) -> None:
        ordered = sorted(rules.items(), key=lambda pair: -len(pair[0]))
        self._rules = [(old, _without_scheme(old), new) for old, new in ordered]

    def __bool__(self) -> bool:
        return bool(self._rules)

    def moved(self, address: str, log: Log | None = None) -> str | None:
        """The address with its new beginning; None where no rule is about it."""
        bare = _without_scheme(address) if self._rules else ""
        for old, beginning, new in self._rules:
            if bare.startswith(beginning):
                if log is not None:
                    log("rule.applied", f"addresses {old}: {new}")
                return new + bare[len(beginning) :]
        return None


def _without_scheme(address: str) -> str:
    """`//host/path` for both `http:` and `https:`; any other address as it is."""
    for scheme in ("https:", "http:"):
        if address.startswith(scheme):
            return address[len(scheme) :]
    return address
