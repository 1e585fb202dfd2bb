"""What lies behind an address, by way of fsspec; whatever goes wrong there is one of our errors, without secrets."""

from __future__ import annotations

import asyncio
import base64
import errno
import re
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from converters.errors import (
    DiskError,
    MissingSourceError,
    OutputError,
    PostferryError,
    UnavailableError,
    UsageError,
)
from pipelines.media.ssrf import RefusedError, check_address, check_url
from pipelines.remote.address import WEB, scheme, shown
from pipelines.remote.patience import Coming, TooSlowError, call, for_a_list, for_an_answer, to_send

EXTRA = "pip install 'postferry[remote]'"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
LARGEST = 256 * 1024 * 1024
"""Bytes of a file that is read into memory."""
_TAGS = ("ETag", "etag", "Content-MD5", "Digest", "Last-Modified", "LastModified", "last_modified", "mtime", "created")
"""Of what fsspec's file systems tell of a file: whatever changes with it, the surest first."""
_NO_CREDENTIALS = (  # of botocore and google.auth, by name: neither is imported for it
    "NoCredentialsError PartialCredentialsError CredentialRetrievalError ProfileNotFound TokenRetrievalError "
    "UnauthorizedSSOTokenError SSOTokenLoadError DefaultCredentialsError RefreshError ClientAuthenticationError"
).split()
_MISSING, _REFUSED = (404, 410), (401, 403, 407)
_MD5 = re.compile(r"[0-9a-f]{32}")
_CONNECT, _READ = 30, 120
"""Seconds without an answer; how long a transfer takes is not limited."""


class RemoteFile(NamedTuple):
    """A file there."""

    size: int | None
    tag: str
    """Another one when the file is another; empty when nothing tells."""
    md5: str = ""
    """When the store knows it: what is the same is the same, what differs may have been counted in another way."""


class SlowStoreError(UnavailableError):
    """It answers, but not in time: it is not asked again."""


class RemoteStore:
    """A place behind an address, and the files below it. `output`: it is to be written to."""

    def __init__(self, address: str, *, output: bool = False) -> None:
        """Raises UsageError when nothing here knows such addresses. Asks nobody."""
        self.name, self._output = shown(address).rstrip("/"), output
        self._fs, self._path = _opened(address)
        self._path = self._path.rstrip("/")

    def at(self, path: str) -> str:
        return f"{self._path}/{path}" if path else self._path

    def seen(self, path: str = "") -> RemoteFile | None:
        """The file there; None when there is none, or a folder."""
        try:
            with self._said():
                info = self._call("info", self.at(path))
        except FileNotFoundError:
            return None
        return _seen(info) if info.get("type", "file") == "file" else None

    def files(self, pattern: str = "") -> dict[str, RemoteFile]:
        """Path below the place -> file, sorted; of a pattern in the address what fits, by the whole path."""
        with self._said():
            if pattern:
                found = self._call("glob", self._path, detail=True, left=for_a_list())
                return {name: _seen(info) for name, info in sorted(found.items()) if info.get("type") == "file"}
            found = self._call("find", self._path, detail=True, left=for_a_list())
        start = f"{self._path.lstrip('/')}/"
        named = {str(name).lstrip("/"): info for name, info in found.items()}
        return {
            name.removeprefix(start): _seen(info)
            for name, info in sorted(named.items())
            if name.startswith(start) and not name.endswith("/")
        }

    def get(
        self, path: str, target: Path, tell: Callable[[int], None] = lambda size: None, *, whole: bool = False
    ) -> None:
        """Bring a file here; `tell` is called with the bytes of each piece, and may raise to end it. `whole`: the path
        is that of the store, as of a pattern."""
        from fsspec.callbacks import Callback

        coming = Coming(target)

        class Pieces(Callback):  # type: ignore[misc]  # fsspec has no types
            def relative_update(self, inc: int = 1) -> None:
                coming.tell(inc)
                tell(inc)

        with self._said():
            place = path if whole else self.at(path)
            call(self._fs, "get_file", place, str(target), callback=Pieces(), left=coming.left, ending=True)

    def read(self, path: str, most: int = LARGEST) -> bytes | None:
        """A small file; None when there is none. Raises OutputError for one of more than `most` bytes."""
        try:
            seen = self.seen(path)
            if seen is None:
                return None
            if seen.size is None or seen.size > most:
                raise OutputError(f"{self.name}/{path} is larger than any that we write. Remove it.")
            with self._said():
                return bytes(self._call("cat_file", self.at(path)))
        except FileNotFoundError:
            return None

    def write(self, path: str, data: bytes) -> None:
        """Whole or not at all."""
        with self._said(writing=True):
            self._call("pipe_file", self.at(path), data)

    def create(self, path: str, data: bytes) -> bool:
        """The same, where nothing is; False when something is. Of two at once one succeeds where the store has
        conditional writes; elsewhere both may."""
        with self._said(writing=True):
            try:
                self._call("pipe_file", self.at(path), data, mode="create")
            except FileExistsError:
                return False
            except (TypeError, NotImplementedError):
                if self._call("exists", self.at(path)):
                    return False
                self._call("pipe_file", self.at(path), data)
        return True

    def put(self, path: str, source: Path) -> None:
        """Whole or not at all: large files go in parts, which the store puts together at the end."""
        with self._said(writing=True):
            call(self._fs, "put_file", str(source), self.at(path), left=to_send(source.stat().st_size))

    def remove(self, paths: Sequence[str]) -> None:
        if paths:
            with self._said(), suppress(FileNotFoundError):
                self._call("rm", [self.at(path) for path in paths], left=for_a_list())

    def _call(self, name: str, *arguments: Any, left: Callable[[], float] | None = None, **named: Any) -> Any:
        return call(self._fs, name, *arguments, left=left or for_an_answer(), **named)

    @property
    def at_once(self) -> int:
        """How many transfers pay at a time."""
        return 8 if getattr(self._fs, "async_impl", False) else 1

    @contextmanager
    def _said(self, *, writing: bool = False) -> Iterator[None]:
        """Errors are ours, but for FileNotFoundError of what may be missing when it is read."""
        self._fs.invalidate_cache()
        try:
            yield
        except PostferryError:
            raise
        except FileNotFoundError as error:
            cause = error.__cause__
            if scheme(self.name) in WEB and cause is not None and getattr(cause, "status", 0) not in _MISSING:
                raise self._error(cause) from error  # as which fsspec says whatever happens when it asks for the size
            if writing:
                raise self._missing(error) from error
            raise
        except TooSlowError as error:
            raise SlowStoreError(f"{self.name} cannot be reached: the server is too slow. Try again later.") from error
        except Exception as error:
            raise self._error(error) from error

    def missing(self) -> PostferryError:
        return self._missing(None)

    def _missing(self, error: BaseException | None) -> PostferryError:
        reason = f": {_reason(error)}" if error else ""
        if self._output:
            return OutputError(f"{self.name} cannot be written{reason}. Make the bucket first, or see --output.")
        return MissingSourceError(f"There is nothing at {self.name}{reason}.")

    def _error(self, error: BaseException) -> PostferryError:
        status = getattr(error, "status", None)
        if getattr(error, "errno", None) in _FULL:
            return DiskError(f"{self.name} cannot be fetched: {_reason(error)}. Free some space and run it again.")
        if status in _MISSING or isinstance(error, ValueError) or type(error).__name__ == "ParamValidationError":
            return self._missing(error)
        unknown = any(kind.__name__ in _NO_CREDENTIALS for kind in type(error).__mro__)
        if isinstance(error, PermissionError | RedirectError) or unknown or status in _REFUSED:
            kind, verb = (OutputError, "written") if self._output else (MissingSourceError, "read")
            return kind(f"{self.name} may not be {verb}: {_reason(error)}. See docs/remote.md on credentials.")
        if isinstance(error, OSError) and error.errno == errno.EINVAL:
            return self._missing(error)
        return UnavailableError(f"{self.name} cannot be reached: {_reason(error)}. Try again later.")


def _opened(address: str) -> tuple[Any, str]:
    """The file system, and the path in it. Chains of fsspec (`zip://...::s3://...`) are not taken apart."""
    name = scheme(address)
    try:
        import fsspec

        kind = fsspec.get_filesystem_class(name)
        options: dict[str, Any] = {"use_listings_cache": False}
        if name in WEB:
            options |= {"skip_instance_cache": True, **_web_options(address)}
        return kind(**{**kind._get_kwargs_from_urls(address), **options}), str(kind._strip_protocol(address))
    except ImportError as error:
        reason = str(error).rstrip(".") if "fsspec" in str(error) and error.name != "fsspec" else ""
        more = f" ({reason})" if reason else ""
        raise UsageError(f"{shown(address)} needs the library for {name}://: {EXTRA}{more}.") from error
    except ValueError as error:
        raise UsageError(f"Nothing here knows addresses of {name}://: {_reason(error)}.") from error
    except Exception as error:  # credentials are looked for when some are made
        raise UsageError(f"{shown(address)} cannot be used: {_reason(error)}. See docs/remote.md.") from error


def _seen(info: dict[str, Any]) -> RemoteFile:
    found = next((info[key] for key in _TAGS if info.get(key)), "")
    tag = found.isoformat() if isinstance(found, datetime) else str(found)
    size = info.get("size")
    return RemoteFile(size if isinstance(size, int) else None, tag, _md5(info, tag))


def _md5(info: dict[str, Any], tag: str) -> str:
    """S3 tags an object with it, when it came in one part and is not encrypted with a key of its own; Google's store
    tells it in Base64."""
    if _MD5.fullmatch(tag.strip('"')):
        return tag.strip('"')
    with suppress(ValueError, TypeError):
        return base64.b64decode(info["md5Hash"], validate=True).hex() if info.get("md5Hash") else ""
    return ""


def _reason(error: BaseException) -> str:
    """In one line, without secrets."""
    status = getattr(error, "status", None)
    if isinstance(status, int):
        return f"the server says {status} {getattr(error, 'message', '')}".strip()
    lines = str(error).strip().splitlines()
    text = (getattr(error, "strerror", None) or (lines[0] if lines else "")) or type(error).__name__
    return shown(str(text)).rstrip(".")


class RedirectError(Exception):
    """The server sends us where we do not go."""


def _web_options(address: str) -> dict[str, Any]:
    """What fsspec's file system of the web is made with; `client_kwargs` of its configuration go before."""
    import aiohttp
    from fsspec.config import conf

    trace = aiohttp.TraceConfig()
    trace.on_request_redirect.append(_look_at)
    usual = {
        "timeout": aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT, sock_read=_READ),
        "trust_env": True,
        "trace_configs": [trace],
    }
    as_it_is = address.isascii() and address.isprintable() and " " not in address  # what is signed must not change
    own = {key: value for name in WEB for key, value in conf.get(name, {}).get("client_kwargs", {}).items()}
    return {"encoded": as_it_is, "client_kwargs": {**usual, **own}}


async def _look_at(session: Any, context: Any, params: Any) -> None:
    """Raises RedirectError for a redirect that is not followed."""
    from yarl import URL

    before = params.url
    after = before.join(URL(params.response.headers.get("Location", "")))
    if (after.scheme, after.host, after.port) == (before.scheme, before.host, before.port):
        return
    if before.scheme == "https" and after.scheme == "http":
        raise RedirectError("the server sends us on from https to http")
    if await _is_public(before) and not await _is_public(after):
        raise RedirectError("the server sends us on to a host of the local network")


async def _is_public(address: Any) -> bool:
    try:
        target = check_url(str(address.with_user(None)), allow_private=True)
        found = await asyncio.get_running_loop().getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        for row in found:
            check_address(str(row[4][0]))
    except (RefusedError, OSError):
        return False
    return True
