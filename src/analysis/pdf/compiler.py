"""Typst, held to our fonts and to silence: a warning is an error."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from functools import cache
from typing import Final, Literal

import pikepdf
import typst
from pikepdf import settings
from PIL import Image

from analysis import paths
from analysis.errors import ExecutionError
from analysis.pdf.tables import mend_tables

#: Colours of a picture: a chart has a dozen at most, the others are the shades at the edges of its marks.
_SHADES = 64
#: How hard is tried to make files small, of 9: what lies beyond takes five times as long and gains two in a hundred.
_THOROUGH: Final = 7


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
    return made


def finished(made: bytes, row_headers: Sequence[int]) -> bytes:
    """The same PDF with the headings of its tables' rows, and compressed, which Typst does not do: a third of the size.

    ``row_headers``: how many columns name the rows, table by table. The identity of the file is taken from its content.
    """
    written = io.BytesIO()
    settings.set_flate_compression_level(_THOROUGH)
    with pikepdf.open(io.BytesIO(made)) as opened:
        mend_tables(opened, row_headers)
        opened.save(
            written,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )
    return written.getvalue()


def fewer_colours(made: bytes) -> bytes:
    """The same PNG in a palette, by octree: a median cut gives a small mark the mean of its colour and another's."""
    written = io.BytesIO()
    with Image.open(io.BytesIO(made)) as opened:
        drawn = opened.convert("RGB").quantize(_SHADES, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    drawn.save(written, "PNG", compress_level=_THOROUGH)
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
