"""Running notebooks, and reading out of them what they publish."""

from analysis.notebooks.chapter import Block, Chapter, Prose, read
from analysis.notebooks.execution import canonical, run, text

__all__ = ["Block", "Chapter", "Prose", "canonical", "read", "run", "text"]
