"""Markdown of the chapters: parsed once for pages and PDF, and written as HTML with its numbers as links to proofs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from analysis.errors import ExecutionError

# Raw HTML stays text, and pictures are out: a page loads nothing, and a chart is a block with its own description.
_PARSER = MarkdownIt("commonmark", {"html": False}).disable("image")


def tree(markdown: str) -> SyntaxTreeNode:
    """The syntax tree of a stretch of Markdown."""
    return SyntaxTreeNode(_PARSER.parse(markdown))


def inline_tree(markdown: str) -> SyntaxTreeNode:
    """The syntax tree of Markdown that holds no block: a standfirst, a note."""
    return SyntaxTreeNode(_PARSER.parseInline(markdown))


@lru_cache(1024)
def plain(markdown: str) -> str:
    """The words of a stretch of Markdown, without its marks.

    >>> plain("[19 %](#adoption_fr_2018) of *all*")
    '19 % of all'
    """
    lines = (node for node in tree(markdown).walk() if node.type == "inline")
    return " ".join("".join(_words(leaf) for leaf in line.walk() if not leaf.children) for line in lines)


def _words(leaf: SyntaxTreeNode) -> str:
    return " " if leaf.type in ("softbreak", "hardbreak") else leaf.content


def claim_of(address: str) -> str | None:
    """The claim that a link in Markdown points to, if it points to one.

    >>> claim_of("#adoption_fr_2018"), claim_of("funding.html")
    ('adoption_fr_2018', None)
    """
    return address[1:] if address.startswith("#") else None


class Writer:
    """Writes the Markdown of one page as HTML and keeps its outline: heading levels, section numbers, numbers met.

    The first link to a claim gets an id, so that the proof can lead back to where the number is used; not on a page
    outside the folder of its language, which ``folder`` then leads into.
    """

    def __init__(self, folder: str = "") -> None:
        self._folder = folder
        self.level = 1
        self._sections = 0
        self._met: set[str] = set()

    def prose(self, markdown: str) -> Markup:
        """Paragraphs, lists and headings. Raises ExecutionError where a heading skips a level."""
        tokens = _PARSER.parse(markdown)
        return self._write(tokens)

    def inline(self, markdown: str) -> Markup:
        """A line of Markdown, without the paragraph around it."""
        return self._write(_PARSER.parseInline(markdown))

    def number(self, text: str, claim: str | None) -> Markup:
        """A number outside prose; plain text where it has no claim."""
        if claim is None:
            return Markup.escape(text)
        return Markup("<a{}>{}</a>").format(Markup(self._to_proof(claim)), text)

    def anchors(self, claims: Iterable[str]) -> list[str]:
        """The ids to set where a chart shows claims that the page has not met yet."""
        new = [claim for claim in dict.fromkeys(claims) if claim not in self._met]
        self._met.update(new)
        return [f"use-{claim}" for claim in new]

    def _write(self, tokens: Sequence[Token]) -> Markup:
        self._mark(tokens)
        written: str = _RENDERER.render(tokens, _PARSER.options, {})
        return Markup(written.strip())

    def _mark(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type == "heading_open":
                self._mark_heading(token)
            elif token.type == "link_open" and (claim := claim_of(str(token.attrs["href"]))):
                token.meta["proof"] = self._to_proof(claim)
            self._mark(token.children or ())

    def _mark_heading(self, token: Token) -> None:
        level = int(token.tag[1:])
        if not 2 <= level <= self.level + 1:
            raise ExecutionError(
                f"a heading of level {level} follows one of level {self.level}",
                way_out="a chapter has one headline; go down one level at a time, from ##",
            )
        self.level = level
        self._sections += 1
        token.attrSet("id", f"section-{self._sections}")

    def _to_proof(self, claim: str) -> str:
        first = claim not in self._met and not self._folder
        self._met.add(claim)
        place = Markup(' id="use-{}"').format(claim) if first else ""
        return Markup('{} href="{}proofs.html#{}"').format(place, self._folder, claim)


class _Renderer(RendererHTML):
    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        proof: Any = tokens[idx].meta.get("proof")
        return f"<a{proof}>" if proof else self.renderToken(tokens, idx, options, env)


_RENDERER = _Renderer(_PARSER)
