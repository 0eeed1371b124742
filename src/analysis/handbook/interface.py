"""What `analysis` offers by name: signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import analysis
from analysis import desk
from analysis.handbook.markup import page, table

#: An example in a docstring: prompts, and what is shown, up to an empty line.
_EXAMPLE = re.compile(r"^>>> .*(?:\n.+)*", re.MULTILINE)


def interface_page() -> str:
    """The page of the functions that are offered by name."""
    functions = {name: getattr(desk, name) for name in analysis.__all__}
    return page(
        "Python: what `analysis` offers",
        "Used one after the other, with examples: [the analyst’s desk](../desk.md). The packages below it have "
        "docstrings of their own: `help(analysis)` lists them.",
        table(
            ("name", "what it gives"),
            ((f"[`{name}`](#{name.lower()})", _first(each)) for name, each in functions.items()),
        ),
        *(block for name, each in functions.items() for block in _function(name, each)),
    )


def _first(function: Callable[..., Any]) -> str:
    return (inspect.getdoc(function) or "").partition("\n\n")[0]


def _function(name: str, function: Callable[..., Any]) -> Iterator[str]:
    yield f"## `{name}`"
    yield f"```text\n{name}{_signature(function)}\n```"
    yield _EXAMPLE.sub(lambda found: f"```pycon\n{found[0]}\n```", inspect.getdoc(function) or "")


def _signature(function: Callable[..., Any]) -> str:
    """The same whatever Python sets it: a line for each parameter."""
    signature = inspect.signature(function)
    told = [_parameter(each) for each in _starred(signature)]
    inside = "".join(f"\n    {line}," for line in told)
    return (
        f"({inside}\n) -> {_type(signature.return_annotation)}"
        if told
        else f"() -> {_type(signature.return_annotation)}"
    )


def _starred(signature: inspect.Signature) -> Iterator[inspect.Parameter | str]:
    """The parameters, with the star before those that must be named."""
    named = False
    for each in signature.parameters.values():
        if each.kind is each.KEYWORD_ONLY and not named:
            yield "*"
        named = named or each.kind in (each.KEYWORD_ONLY, each.VAR_POSITIONAL)
        yield each


def _parameter(parameter: inspect.Parameter | str) -> str:
    if isinstance(parameter, str):
        return parameter
    stars = "**" if parameter.kind is parameter.VAR_KEYWORD else "*" * (parameter.kind is parameter.VAR_POSITIONAL)
    default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
    return f"{stars}{parameter.name}: {_type(parameter.annotation)}{default}"


def _type(annotation: object) -> str:
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
