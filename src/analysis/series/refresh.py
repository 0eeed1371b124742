"""Fetch the current release of a series into a file of its own, beside the earlier ones. Only this touches the network.

Nothing is written unless the whole answer has been read and holds together, and no file is ever written over.
"""

from __future__ import annotations

import csv
import io
import json
import os
import queue
import threading
from dataclasses import dataclass
from http.client import HTTPException, IncompleteRead
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from analysis.errors import InputError, SetupError, UsageError
from analysis.series import jsonstat, releases
from analysis.series.cards import FOLDER, Series
from analysis.series.changes import Change, changes
from analysis.series.releases import COLUMNS, Vintage

#: A release of one indicator has some ten thousand bytes; nothing of this size is one.
LARGEST = 20_000_000
#: How long the whole answer may take, in seconds.
TIMEOUT = 60.0
#: How many points are shown as evidence.
_SHOWN = 3
_MOST_OF_AN_ERROR = 10_000


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of it: the release, the file it was written to (none where it was here already), what changed.

    ``before`` is the date of the release that it was compared with, empty for a first one. Where the release was here
    already, ``changes`` are the points of the file that the answer does not have.
    """

    release: Vintage
    file: Path | None
    before: str
    changes: tuple[Change, ...]


def refresh(project: Path, series: Series, address: str = "", timeout: float = TIMEOUT) -> Refreshed:
    """Fetches the current release of a series, from the address of its card if no other is given.

    Raises UsageError where the series has no releases or the address is none, SetupError where the network does not
    answer in time, InputError or Problems where the answer is no release of it, or is another one for a date of
    release that is here already.
    """
    told = releases.told_by(series)
    held = releases.vintages(series, project)
    source = address or told.address
    new = jsonstat.vintage(fetch(source, timeout), series, source)
    same = next((each for each in held if each.date == new.date), None)
    if same:
        return Refreshed(new, None, same.date, _left_out(new, same, source))
    old = next((each for each in held if each.date < new.date), None)
    file = _write(new, project)
    return Refreshed(new, file, old.date if old else "", tuple(changes(new, old)))


def fetch(address: str, timeout: float = TIMEOUT) -> bytes:
    """The content at a web address, within so many seconds in all.

    Raises UsageError where it is no web address, SetupError where nothing answers in time, InputError where the
    answer is an error of the server, or too large.
    """
    _refuse_other_addresses(address)
    answers: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(_read(address, timeout))
        except Exception as error:  # noqa: BLE001  # raised again by whoever waits
            answers.put(error)

    # The time-out of a socket begins again with every byte, and looking up a name has none: a thread can be left.
    threading.Thread(target=work, daemon=True).start()
    try:
        answer = answers.get(timeout=timeout)
    except queue.Empty:
        raise _too_slow(address, timeout) from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _refuse_other_addresses(address: str) -> None:
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or not address.isascii() or any(character <= " " for character in address):
        raise UsageError("not a web address", evidence=address, way_out="http://… or https://…, blanks written as %20")


def _read(address: str, timeout: float) -> bytes:
    request = Request(address, headers={"Accept": "application/json", "User-Agent": "etat-du-nuage"})  # noqa: S310  # only http and https come here
    try:
        with _opener().open(request, timeout=timeout) as response:
            content: bytes = response.read(LARGEST + 1)
            short = response.length
    except HTTPError as error:
        with error:
            raise _status(error, address) from None
    except TimeoutError:
        raise _too_slow(address, timeout) from None
    except (URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            raise _too_slow(address, timeout) from None
        raise _unreachable(address, reason) from None
    except (HTTPException, ValueError) as error:
        evidence = f"{type(error).__name__}: {error}"
        what = "the answer is cut off" if isinstance(error, IncompleteRead) else "the answer is not HTTP"
        raise InputError(what, file=address, evidence=evidence, way_out="try again later") from None
    if len(content) > LARGEST:
        way_out = "narrow the filters of the card"
        raise InputError("the answer is too large", file=address, evidence=f"over {LARGEST} bytes", way_out=way_out)
    if short:
        evidence = f"{len(content)} bytes came, {short} are missing"
        raise InputError("the answer is cut off", file=address, evidence=evidence, way_out="try again")
    return content


def _opener() -> OpenerDirector:
    """What opens web addresses and follows redirections to web addresses; no files, no other schemes."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        UnknownHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        HTTPRedirectHandler(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _status(error: HTTPError, address: str) -> InputError:
    """An error of the server, with what the office says of it where it does."""
    try:
        told = jsonstat.notice(json.loads(error.read(_MOST_OF_AN_ERROR)))
    except (ValueError, TypeError, RecursionError, OSError, HTTPException):
        told = None
    way_out = "try again later" if error.code >= 500 else "see whether address and filters on the card are still right"
    evidence = f"HTTP {error.code} {error.reason}" + (f"; {': '.join(told)}" if told else "")
    return InputError("the server answers with an error", file=address, evidence=evidence, way_out=way_out)


def _too_slow(address: str, timeout: float) -> SetupError:
    way_out = "try again, or wait longer with --timeout SECONDS"
    return SetupError(f"no complete answer within {timeout:g} s", file=address, way_out=way_out)


def _unreachable(address: str, reason: object) -> SetupError:
    way_out = "see whether this machine has a network and the server is up; what is here already stays as it is"
    return SetupError("nothing answers", file=address, evidence=str(reason), way_out=way_out)


def _left_out(new: Vintage, same: Vintage, source: str) -> tuple[Change, ...]:
    """The points of the file that an answer of the same release does not have: it may have been asked for less.

    Raises InputError where the answer has more than the file, or another value or flag for a point.
    """
    found = tuple(changes(new, same))
    other = [each for each in found if each.kind != "gone"]
    if other:
        more = f" and {len(other) - _SHOWN} more" if len(other) > _SHOWN else ""
        shown = "; ".join(f"{each.kind} {each.point}: {each.told}" for each in other[:_SHOWN])
        raise InputError(
            f"another content for the release of {same.date}, which is here already",
            file=FOLDER / same.name,
            evidence=f"{source} has {shown}{more}",
            way_out="find out which is right; to take the new one, move the old file away and refresh again",
        )
    return found


def _write(release: Vintage, project: Path) -> Path:
    """Writes a release to its file, whole or not at all. Raises InputError where the file is there by now."""
    file = FOLDER / release.name
    target = project / file
    unfinished = target.with_name(f".{release.name}.{os.getpid()}.tmp")
    try:
        unfinished.write_bytes(_csv(release))
        # A link, unlike a renaming, never takes the place of a file.
        os.link(unfinished, target)
    except FileExistsError:
        raise InputError("the file has been written meanwhile", file=file, way_out="refresh again") from None
    except OSError as error:
        raise SetupError("the release cannot be written", file=file, evidence=str(error)) from None
    finally:
        unfinished.unlink(missing_ok=True)
    return file


def _csv(release: Vintage) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([row[column] for column in COLUMNS] for row in release.rows)
    return text.getvalue().encode()
