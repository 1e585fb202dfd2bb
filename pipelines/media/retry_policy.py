"""How hard a download tries, how fast, and how long it waits for servers that let it."""

from __future__ import annotations

import msgspec

from converters.model.limits import DEFAULT


class RetryPolicy(msgspec.Struct, frozen=True):
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
    answer: float = 60.0
    """From the look-up of the name to the whole head of an answer, redirects included, whatever comes meanwhile."""
    window: float = 60.0
    """In each of these, `least_bytes` have to come."""
    least_bytes: int = 4096
    slow_attempts: int = 2
    """At one file that are given up for these reasons."""
    file_time: float = 600.0
    """That a file may take in any case, all attempts together; a wait for its turn does not count."""
    file_rate: float = 1024.0
    """Bytes a second, on the average, that earn a file more time than that."""
    longest_time: float = 7200.0
    """The most that a file may take. What came by then is kept for the next run."""
    slow_in_a_row: int = 8
    """Attempts at files of one host, and not one between them that was not given up, until the host is."""
    host_time: float = 1200.0
    """That attempts at files of one host may waste."""
    earned_time: float = 1.0
    """More of it for every file that came."""
    run_time: float = 12_000.0
    """The same for all hosts. Beyond it, hosts that have sent no file get a tenth of all these times."""
    file_bytes: int = DEFAULT.file_bytes
