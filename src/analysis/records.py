"""A TOML file → frozen dataclasses; whatever does not fit is told by file, entry and field."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar, get_args, get_origin, get_type_hints

from analysis.errors import InputError, NuageError, Problems, nearest


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


T = TypeVar("T", bound=_Dataclass)

_KINDS = {str: "a text", bool: "true or false", int: "a whole number"}


def load(path: Path) -> dict[str, Any]:
    """The file's content. Raises InputError naming the line where it is not TOML or not UTF-8."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        raise InputError("no such file", file=path) from None
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8", file=path, evidence=f"byte {error.start}", way_out="save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError("malformed TOML", file=path, evidence=str(error), way_out="mend that line") from None


def listed(cls: type[T], path: Path, *, file: Path, kind: str, named: str = "id") -> tuple[list[T], list[NuageError]]:
    """The entries ``[[kind]]`` of a TOML file as ``cls``, in order, and what is wrong with the others.

    ``named`` is the field that names an entry in errors; without it, its number does. Raises InputError where the file
    cannot be read.
    """
    content = load(path)
    problems: list[NuageError] = [
        InputError(f'unknown field "{key}"', file=file, way_out=nearest(key, [kind])) for key in content.keys() - {kind}
    ]
    entries = content.get(kind, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return [], [*problems, InputError(f"it is no list of {kind} entries", file=file, way_out=f"write [[{kind}]]")]
    built: list[T] = []
    for number, entry in enumerate(entries, 1):
        try:
            built.append(build(cls, entry, file=file, name=str(entry.get(named, f"{kind} {number}"))))
        except NuageError as error:
            problems.append(error)
    return built, problems


def build(cls: type[T], entry: Mapping[str, Any], *, file: Path, name: str, **computed: Any) -> T:
    """A ``cls`` out of a TOML table; the fields in ``computed`` are given, all others must come from the table.

    ``name`` names the entry in errors. Raises Problems with every unknown, missing or wrongly typed field at once.
    """
    hints = _hints(cls)
    wanted = {f.name: f for f in dataclasses.fields(cls) if f.name not in computed}
    problems = list(_faults(entry, wanted, hints, file, name))
    if problems:
        raise Problems(problems)
    values = {key: _convert(value, hints[key], file, f"{name}.{key}") for key, value in entry.items()}
    return cls(**values, **computed)


@cache
def _hints(cls: type) -> Mapping[str, Any]:
    """What the fields of a class hold; found out once, since it takes longer than all the rest."""
    return get_type_hints(cls)


def _faults(
    entry: Mapping[str, Any],
    wanted: Mapping[str, dataclasses.Field[Any]],
    hints: Mapping[str, Any],
    file: Path,
    name: str,
) -> Iterator[NuageError]:
    for key, value in entry.items():
        if key not in wanted:
            yield InputError(f'unknown field "{key}"', file=file, entry=name, way_out=nearest(key, wanted))
        elif not _fits(value, hints[key]):
            yield InputError(
                f'the field "{key}" is not {_told(hints[key])}', file=file, entry=name, evidence=f"{key} = {value!r}"
            )
    for key, field in wanted.items():
        if key not in entry and field.default is dataclasses.MISSING:
            yield InputError(f'the field "{key}" is missing', file=file, entry=name, way_out=f"add {key} = …")


def _fits(value: Any, hint: Any) -> bool:
    if hint in _KINDS:
        return type(value) is hint
    if dataclasses.is_dataclass(hint):
        return isinstance(value, dict)
    if get_origin(hint) is tuple:
        parts = get_args(hint)
        if not isinstance(value, list):
            return False
        same_length = parts[-1] is Ellipsis or len(value) == len(parts)
        return same_length and all(_fits(item, parts[0]) for item in value)
    return any(_fits(value, part) if part is not type(None) else value is None for part in get_args(hint)) or (
        value in get_args(hint)
    )


def _told(hint: Any) -> str:
    if hint in _KINDS:
        return _KINDS[hint]
    if get_origin(hint) is tuple:
        parts = get_args(hint)
        kind = _KINDS[parts[0]].removeprefix("a ")
        return f"a list of {kind}s" if parts[-1] is Ellipsis else f"a list of {len(parts)} {kind}s"
    choices = [part for part in get_args(hint) if isinstance(part, str)]
    return f"one of {', '.join(choices)}" if choices else "a table { printed = …, at = [start, end] }"


def _convert(value: Any, hint: Any, file: Path, name: str) -> Any:
    match value:
        case list():
            return tuple(value)
        case dict():
            inner = next(part for part in (hint, *get_args(hint)) if isinstance(part, type) and part is not type(None))
            return build(inner, value, file=file, name=name)
        case _:
            return value
