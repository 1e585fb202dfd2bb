"""How hard a download tries, and how fast."""

from __future__ import annotations

import msgspec

from converters.limits import DEFAULT


class Pace(msgspec.Struct, frozen=True):
    """How hard to try. Times are in seconds."""

    per_host: int = 4
    total: int = 16
    attempts: int = 5
    """In a row that bring not one new byte."""
    most_attempts: int = 50
    redirects: int = 5
    first_wait: float = 0.5
    longest_wait: float = 60.0
    """Also for what `Retry-After` asks for."""
    idle: float = 30.0
    """Without a byte, or without a connection."""
    window: float = 60.0
    """In each of these, `least_bytes` have to come."""
    least_bytes: int = 4096
    file_bytes: int = DEFAULT.file_bytes
