"""Running notebooks, and reading out of them what they publish."""

from analysis.notebooks.chapter import Block, Chapter, Prose, read
from analysis.notebooks.execution import canonical, for_readers, run, text

__all__ = ["Block", "Chapter", "Prose", "canonical", "for_readers", "read", "run", "text"]
