"""Executed notebooks → HTML pages, page of proofs, contents, entry: complete in themselves, for every reader."""

from analysis.pages.edition import NAME, Correction, Edition
from analysis.pages.page import chapter, contents, entry
from analysis.pages.proving import proofs

__all__ = ["NAME", "Correction", "Edition", "chapter", "contents", "entry", "proofs"]
