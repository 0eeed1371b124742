"""Typst, held to our fonts and to silence: a warning is an error."""

from __future__ import annotations

import datetime
import io
from functools import cache
from typing import Literal

import pikepdf
import typst
from PIL import Image

from analysis import paths
from analysis.errors import ExecutionError

#: Colours of a picture: a chart has a dozen at most, the others are the shades at the edges of its marks.
_SHADES = 64


def compiled(
    template: str,
    inputs: dict[str, str],
    *,
    name: str,
    form: Literal["pdf", "png"],
    date: str | None = None,
    standards: tuple[typst.PDFStandard, ...] = (),
    ppi: float | None = None,
) -> bytes:
    """The file that a template makes of its inputs; ``date`` (ISO) is the only one it holds.

    Raises ExecutionError naming ``name`` for whatever Typst objects to, a missing glyph or font included.
    """
    compiler = typst.Compiler(template.encode(), font_paths=_fonts(), sys_inputs=inputs)
    try:
        made, warnings = compiler.compile_with_warnings(
            format=form, ppi=ppi, pdf_standards=list(standards), timestamp=_midnight(date) if date else None
        )
    except typst.TypstError as error:
        raise _refused(name, error.diagnostic or error.message) from error
    if warnings:
        raise _refused(name, "; ".join(warning.message for warning in warnings))
    if not isinstance(made, bytes):
        raise ExecutionError("Typst made several pages where one was wanted", file=name)
    return packed(made) if form == "pdf" else fewer_colours(made)


def packed(made: bytes) -> bytes:
    """The same PDF with its objects compressed together, which Typst does not do: a third of the size.

    Tags weigh more than text and drawings; the identity of the file is taken from its content.
    """
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as opened:
        opened.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return written.getvalue()


def fewer_colours(made: bytes) -> bytes:
    """The same PNG in a palette."""
    written = io.BytesIO()
    with Image.open(io.BytesIO(made)) as opened:
        drawn = opened.convert("RGB").quantize(_SHADES, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    drawn.save(written, "PNG", optimize=True)
    return written.getvalue()


def _refused(name: str, evidence: str) -> ExecutionError:
    return ExecutionError("Typst could not set it faultlessly", file=name, evidence=evidence.strip())


def _midnight(date: str) -> datetime.datetime:
    return datetime.datetime.combine(datetime.date.fromisoformat(date), datetime.time(), datetime.UTC)


@cache
def _fonts() -> typst.Fonts:
    """The house fonts and no others, so that a file is the same on every machine."""
    folders = sorted({file.parent for file in paths.fonts().values()})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
