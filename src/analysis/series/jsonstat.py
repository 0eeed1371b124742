"""An answer of a statistical office in JSON-stat 2.0 → the rows of a release.

The form: https://json-stat.org/full/. A dataset names its dimensions (``id``), how many codes each has (``size``) and
gives the values of all their combinations, in row-major order: an array with nulls, or an object with the positions
that have a value. Flags stand apart, by position (``status``); Eurostat adds when the data were released (``updated``).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn

from analysis.errors import InputError, nearest
from analysis.quantities.spans import is_period
from analysis.series import releases, rules
from analysis.series.cards import Release, Series
from analysis.series.releases import COLUMNS, DIMENSIONS, NOT_AVAILABLE, Vintage
from analysis.series.rows import Row

_AGAIN = "try again later; if it stays so, the office may have changed its interface"
_OFFSET = re.compile(r"([+-]\d{2})(\d{2})$")
#: No statistic has more digits than this before or behind its point.
_MOST_DIGITS = 30


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer that was parsed: its address, its content."""

    address: str
    content: Mapping[str, Any]

    def fault(self, what: str, evidence: object = None, way_out: str = _AGAIN) -> InputError:
        told = None if evidence is None else _cut(evidence)
        return InputError(what, file=self.address, evidence=told, way_out=way_out)


def vintage(answer: bytes, series: Series, address: str) -> Vintage:
    """The release that an answer holds, its rows in the order of their codes.

    A position without value gives no row, unless the office flags it: then its value is ``:``. A value is given the
    decimals that the card tells the office publishes, since JSON drops zeros at the end; it is never rounded.

    Raises InputError or Problems where the answer is no JSON, is a warning or an error of the office, is not of the
    class dataset, has not the dimensions or the codes that the card asks for, or has positions or values that do not
    fit them.
    """
    release = releases.told_by(series)
    parsed = _Answer(address, _content(answer, address))
    _refuse_notices(parsed)
    _refuse_another_set(parsed, release)
    codes = _codes(parsed, release)
    released = _released(parsed)
    positions = math.prod(len(each) for each in codes.values())
    values = _by_position(parsed, "value", positions)
    flags = _by_position(parsed, "status", positions)
    rows = []
    for position in sorted(values.keys() | flags.keys()):
        value = _value(parsed, values.get(position), position, release.decimals)
        flag = _flag(parsed, flags.get(position, ""), position)
        cells = {"dataset": release.dataset, "value": value, "flag": flag, "released": released}
        cells |= _point(position, codes)
        rows.append(Row(address, position, {column: cells[column] for column in COLUMNS}, place="position"))
    if not any(row["value"] != NOT_AVAILABLE for row in rows):
        raise parsed.fault(
            "the answer has no value", way_out="see whether the filters of the card still fit the data set"
        )
    return releases.checked(series, released[:10], sorted(rows, key=releases.point))


def _content(answer: bytes, address: str) -> Mapping[str, Any]:
    start = answer[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        way_out = "open the address in a browser: a portal, or a page of maintenance, may stand before the data"
        raise InputError("a page came in place of data", file=address, evidence=_cut(_text(start)), way_out=way_out)
    try:
        content = json.loads(answer, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        evidence = f"{len(answer)} bytes, the last of them {_text(answer[-20:])!r}; {_cut(error)}"
        what = "the answer is not JSON, or is cut off"
        raise InputError(what, file=address, evidence=evidence, way_out=_AGAIN) from None
    if not isinstance(content, dict):
        raise InputError("the answer is no JSON-stat", file=address, evidence=_cut(content), way_out=_AGAIN)
    return content


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def notice(content: Mapping[str, Any]) -> tuple[str, str] | None:
    """What the office says in place of data, if it does: its kind with its number, and its words.

    >>> notice({"error": [{"status": 400, "label": "Invalid value for geo"}]})
    ('error 400', 'Invalid value for geo')
    """
    for kind in "warning", "error":
        if kind in content:
            told = content[kind]
            first = told[0] if isinstance(told, list) and told else told
            if not isinstance(first, dict):
                return kind, _cut(first)
            return f"{kind} {first.get('status', '')}".rstrip(), _cut(first.get("label", first))
    return None


def _refuse_notices(answer: _Answer) -> None:
    """A warning or an error of the office, or another class than a dataset."""
    if told := notice(answer.content):
        kind, label = told
        way_out = "see whether the filters of the card still fit the data set"
        if kind.endswith(" 413"):
            way_out = "the office prepares large answers apart: narrow the filters of the card, or try again later"
        raise answer.fault(f"the office answers with {kind}", label, way_out)
    if answer.content.get("class") != "dataset":
        raise answer.fault('the answer is not of the class "dataset"', f"class = {answer.content.get('class')!r}")


def _refuse_another_set(answer: _Answer, release: Release) -> None:
    """Another data set than the card's, where the office names it, as Eurostat does in capitals."""
    extension = answer.content.get("extension")
    name = extension.get("id") if isinstance(extension, dict) else None
    if name is not None and str(name).casefold() != release.dataset.casefold():
        way_out = "see whether the address is that of the series"
        raise answer.fault("the answer is of another data set", f"{name}, wanted {release.dataset}", way_out)


def _codes(answer: _Answer, release: Release) -> dict[str, list[str]]:
    """The codes of each dimension in the order of the positions; the dimensions from the slowest to the fastest."""
    names, sizes = answer.content.get("id"), answer.content.get("size")
    if not isinstance(names, list) or sorted(map(str, names)) != sorted(DIMENSIONS):
        raise answer.fault("the dimensions are not those of the data set", f"id = {names!r}, wanted {DIMENSIONS}")
    if not (isinstance(sizes, list) and len(sizes) == len(names) and all(_is_whole(size) for size in sizes)):
        raise answer.fault(
            "size does not tell a number of codes for each dimension", f"size = {sizes!r}, id = {names!r}"
        )
    codes = {name: _codes_of(answer, name) for name in names}
    for name, size in zip(names, sizes, strict=True):
        if len(codes[name]) != size:
            raise answer.fault(
                f'"{name}" has not as many codes as size tells', f"{len(codes[name])} codes, size {size}"
            )
    _refuse_others(answer, codes, release)
    return codes


def _codes_of(answer: _Answer, name: str) -> list[str]:
    dimensions = answer.content.get("dimension")
    dimension = dimensions.get(name) if isinstance(dimensions, dict) else None
    category = dimension.get("category") if isinstance(dimension, dict) else None
    if not isinstance(category, dict):
        raise answer.fault(f'the dimension "{name}" is missing', f"dimension.{name} = {dimension!r}")
    index = category.get("index", category.get("label"))
    if isinstance(index, dict) and "index" not in category:
        index = list(index)
    if isinstance(index, list) and len({*map(str, index)}) == len(index):
        return [str(code) for code in index]
    if not isinstance(index, dict) or sorted(index.values(), key=str) != sorted(range(len(index)), key=str):
        raise answer.fault(f'the codes of "{name}" are not numbered one by one from zero', f"index = {index!r}")
    return sorted(index, key=lambda code: int(index[code]))


def _point(position: int, codes: dict[str, list[str]]) -> dict[str, str]:
    """The code of each dimension at a position: the last dimension varies fastest."""
    point = {}
    for name in reversed(codes):
        position, at = divmod(position, len(codes[name]))
        point[name] = codes[name][at]
    return point


def _refuse_others(answer: _Answer, codes: Mapping[str, list[str]], release: Release) -> None:
    """A code that the card did not ask for or does not know, a time that is no period."""
    known = releases.known_codes(release)
    for name, found in codes.items():
        for code in found:
            if name in known and code not in known[name]:
                way_out = f"{nearest(code, known[name])} or add it to the card"
                raise answer.fault(f'the card does not know {name} "{code}"', f"{name}: {', '.join(found)}", way_out)
            if name == "time" and not (code and is_period(code)):
                raise answer.fault(f'the time "{code}" is no ISO period', f"time: {', '.join(found)}")


def _released(answer: _Answer) -> str:
    """The moment of the release, with a colon in its offset, as ISO writes it."""
    updated = answer.content.get("updated")
    if not isinstance(updated, str) or not (len(updated) >= 10 and rules.is_release_date(updated[:10])):
        raise answer.fault("the answer does not tell when it was released", f"updated = {updated!r}")
    return _OFFSET.sub(r"\1:\2", updated)


def _by_position(answer: _Answer, name: str, positions: int) -> dict[int, Any]:
    """The values or flags by position; null is none. An array must have one for each position."""
    given = answer.content.get(name, {} if name == "status" else None)
    match given:
        case list():
            if len(given) != positions:
                raise answer.fault(f"{name} does not fit the sizes", f"{len(given)} entries, {positions} positions")
            return {position: each for position, each in enumerate(given) if each is not None}
        case dict():
            for key in given:
                if not (key.isascii() and key.isdigit() and len(key) <= _MOST_DIGITS and int(key) < positions):
                    raise answer.fault(f"{name} has a position that is not there", f"{key!r}, {positions} positions")
            return {int(key): each for key, each in given.items() if each is not None}
        case _:
            raise answer.fault(f"{name} is missing, or neither an object nor an array", f"{name} = {given!r}")


def _value(answer: _Answer, value: object, position: int, decimals: int) -> str:
    if value is None:
        return NOT_AVAILABLE
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise answer.fault("a value is no number", f"position {position}: {value!r}")
    number = Decimal(value)
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise answer.fault("a value is no number of a statistic", f"position {position}: {value!r}")
    whole, _, behind = format(number, "f").partition(".")
    digits = behind.ljust(decimals, "0")
    return f"{whole}.{digits}" if digits else whole


def _flag(answer: _Answer, flag: object, position: int) -> str:
    """The letters of a flag in alphabetical order; Eurostat writes a colon where there is no value."""
    if not isinstance(flag, str):
        raise answer.fault("a flag is no text", f"position {position}: {flag!r}")
    return "".join(sorted(letter for letter in flag if letter not in ": "))


def _is_whole(size: object) -> bool:
    return isinstance(size, int) and not isinstance(size, bool) and size > 0


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _cut(evidence: object) -> str:
    told = " ".join(str(evidence).split())
    return told if len(told) <= 160 else f"{told[:160]}…"
