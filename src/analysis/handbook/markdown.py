"""A page's Markdown → HTML: headings with the anchors that code hosts give them, tables and code for the keyboard.

The Markdown is ours and holds no HTML but comments; of one before a block that no test runs, readers are told. What is
in the other language is marked: a column whose heading says so, a paragraph or a printed output by its small words, and
within them what is set in the quotation marks of that language: « » on a page in English, “ ” on one in French.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from analysis.pages.edition import NAME
from analysis.quantities import Lang
from analysis.reading import language

_NOT_RUN = re.compile(r"^( *)<!-- not run: (.+) -->$", re.MULTILINE)
_COMMENT = re.compile(r"^ *<!--.*-->$", re.MULTILINE)
#: The way to the same page in the other language: a page of the site has it above, beside the kinds.
_SWITCH = re.compile(r"^\*\[(?:En français|In English)\]\(.+\)\*$", re.MULTILINE)
_TOLD = {"en": r"\1*Not run by the tests: \2.*\n", "fr": r"\1*Les tests ne l’exécutent pas : \2.*\n"}
_TABLE = {"en": "Table {}. {}", "fr": "Tableau {}. {}"}
#: A column headed so is in that language.
_FOREIGN: dict[str, Lang] = {"in French": "fr", "français": "fr", "in English": "en", "anglais": "en"}
#: What is in another language than a page in each, and which.
_QUOTED: dict[Lang, tuple[re.Pattern[str], Lang]] = {
    "en": (re.compile(rf"«[^«»]+»|{NAME}"), "fr"),
    "fr": (re.compile("“[^“”]+”"), "en"),
}
_WORD = re.compile(r"[^\W\d_]{2,}")
#: A block of code that holds what is printed.
_PRINTED = "text"
_NO_SLUG = re.compile(r"[^\w\- ]")
_PARSER = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")

#: What an address in a page becomes in the site; none: its words are no link there.
Resolve = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Written:
    """A page as HTML, with its title, its first words and its anchors."""

    html: str
    title: str
    first: str
    anchors: frozenset[str]


@dataclass(slots=True)
class _Outline:
    """What has been met of a page so far."""

    lang: Lang
    heading: str = ""
    anchors: list[str] = field(default_factory=list)
    tables: int = 0

    def anchor(self, text: str) -> str:
        """The anchor of a heading, as code hosts make it."""
        slug = _NO_SLUG.sub("", text.lower()).replace(" ", "-")
        same = sum(re.fullmatch(rf"{re.escape(slug)}(-\d+)?", other) is not None for other in self.anchors)
        self.anchors.append(f"{slug}-{same}" if same else slug)
        return self.anchors[-1]


def written(text: str, lang: Lang, resolve: Resolve) -> Written:
    """The HTML of a page in that language; ``resolve`` is asked for every address in it."""
    tokens = _PARSER.parse(_SWITCH.sub("", _COMMENT.sub("", _NOT_RUN.sub(_TOLD[lang], text))))
    outline = _Outline(lang)
    _mark(tokens, outline, resolve)
    lines = [token for token in tokens if token.type == "inline"]
    return Written(
        _RENDERER.render(tokens, _PARSER.options, {"lang": lang}).strip(),
        _plain(lines[0]),
        next((_plain(line) for line in lines[1:] if line.children and line.children[0].type != "em_open"), ""),
        frozenset(outline.anchors),
    )


def marked(text: str, lang: Lang) -> str:
    """A text of a page in that language as HTML, with what is in the other one marked.

    >>> marked("“à peine” & «à peine»", "en")
    '“à peine” &amp; <span lang="fr">«à peine»</span>'
    """
    pattern, other = _QUOTED[lang]
    return pattern.sub(rf'<span lang="{other}">\g<0></span>', escape(text, quote=False))


def _spoken(text: str, lang: Lang) -> dict[str, str | int | float]:
    """The mark of a block on a page in that language: none, unless its small words are those of the other."""
    votes = language.vote(_WORD.findall(text.lower()))
    spoken = language.decide(votes, lang)
    return {} if spoken == lang else {"lang": spoken}


def _plain(line: Token) -> str:
    leaves = (" " if leaf.type == "softbreak" else leaf.content for leaf in line.children or ())
    return " ".join("".join(leaves).split())


def _mark(tokens: Sequence[Token], outline: _Outline, resolve: Resolve) -> None:
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            outline.heading = _plain(tokens[place + 1])
            token.attrSet("id", outline.anchor(outline.heading))
        elif token.type == "table_open":
            outline.tables += 1
            caption = _TABLE[outline.lang].format(outline.tables, outline.heading)
            token.meta |= {"number": outline.tables, "caption": caption}
            _mark_cells(tokens[place:], outline.lang)
        elif token.type == "paragraph_open":
            token.attrs |= _spoken(_plain(tokens[place + 1]), outline.lang)
        elif token.type == "fence" and token.info == _PRINTED:
            token.attrs |= _spoken(token.content, outline.lang)
        for leaf in token.children or ():
            _mark_address(leaf, resolve)


def _mark_address(leaf: Token, resolve: Resolve) -> None:
    name = {"link_open": "href", "image": "src"}.get(leaf.type)
    if name is None:
        return
    leaf.attrs.pop("title", None)  # the id of a claim, for tests
    leaf.meta["address"] = resolve(str(leaf.attrs[name]))
    leaf.attrs[name] = leaf.meta["address"] or ""


def _mark_cells(tokens: Sequence[Token], lang: Lang) -> None:
    """Headings of columns and rows, and columns in another language, of the table that begins the tokens."""
    heads: list[str] = []
    for row in _rows(tokens):
        head = row[0][0].type == "th_open"
        if head:
            heads = [_plain(inside) for _, inside, _ in row]
        for column, (opening, inside, closing) in enumerate(row):
            heads_it = bool(_plain(inside)) and (head or column == 0)
            opening.tag = closing.tag = "th" if heads_it else "td"
            aligned = str(opening.attrs.pop("style", ""))
            told = {
                "scope": ("col" if head else "row") if heads_it else "",
                "class": "right" if "right" in aligned else "",
                "lang": "" if head or _FOREIGN.get(heads[column], lang) == lang else _FOREIGN[heads[column]],
            }
            opening.attrs |= {name: value for name, value in told.items() if value}


def _rows(tokens: Sequence[Token]) -> Iterator[list[tuple[Token, Token, Token]]]:
    """The rows of the table that begins the tokens: of each cell its opening, what is inside, its closing."""
    row: list[tuple[Token, Token, Token]] = []
    for place, token in enumerate(tokens):
        if token.type in ("th_open", "td_open"):
            row.append((token, tokens[place + 1], tokens[place + 2]))
        elif token.type == "tr_close":
            yield row
            row = []
        elif token.type == "table_close":
            return


class _Renderer(RendererHTML):
    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002  # its place in the library
        ident, caption = f"table-{tokens[idx].meta['number']}", escape(tokens[idx].meta["caption"])
        return (
            f'<div class="table sans">\n<section class="scroll" tabindex="0" aria-labelledby="{ident}">\n<table>\n'
            f'<caption id="{ident}"><span>{caption}</span></caption>\n'
        )

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002  # as above
        return "</table>\n</section>\n</div>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002  # as above
        block = tokens[idx]
        written_in = "" if block.info in ("", _PRINTED) else f' class="language-{block.info}"'
        code = f"<code{written_in}>{escape(block.content, quote=False)}</code>"
        return f'<pre tabindex="0" translate="no"{self.renderAttrs(block)}>{code}</pre>\n'

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002  # as above
        return marked(tokens[idx].content, env["lang"])

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.renderToken(tokens, idx, options, env) if tokens[idx].meta["address"] else "<span>"

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        opening = next(token for token in reversed(tokens[:idx]) if token.type == "link_open")
        return self.renderToken(tokens, idx, options, env) if opening.meta["address"] else "</span>"


_RENDERER = _Renderer(_PARSER)
