"""Executed notebooks → HTML pages, page of proofs, contents, entry: complete in themselves, for every reader."""

from analysis.pages import machine
from analysis.pages.blocks import chart_csv
from analysis.pages.edition import CHANGES, NAME, WHOLE, Correction, Edition
from analysis.pages.numbers import numbers
from analysis.pages.page import chapter, contents, continuations, entry
from analysis.pages.passages import passages
from analysis.pages.proving import proofs

__all__ = [
    "CHANGES",
    "NAME",
    "WHOLE",
    "Correction",
    "Edition",
    "chapter",
    "chart_csv",
    "contents",
    "continuations",
    "entry",
    "machine",
    "numbers",
    "passages",
    "proofs",
]
