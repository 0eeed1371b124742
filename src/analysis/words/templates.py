"""Sentences with fields: the words are typed, the numbers come from claims, quantities and tables."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter

from analysis.claims import Claim
from analysis.errors import InputError, nearest
from analysis.quantities import Lang, Quantity
from analysis.words.dates import date, period
from analysis.words.known import Known, catalogue, known, ledger
from analysis.words.numbers import number, quantity
from analysis.words.terms import CODED, label
from analysis.words.typography import APOSTROPHE, capital, typeset

#: What a field may stand for, besides the claims of the ledger and the observations of the series.
Named = Known | Quantity | Decimal | int | str

_LINK_TARGET = re.compile(r"\]\([^()]*(?:\)|$)|<https?://[^>]*>")
_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&]|^[-+=]")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_ELIDED = re.compile(r"\b(?P<stem>d|qu)e $", re.IGNORECASE)
_VOWELS = frozenset("aeiouyàâéèêëîïôùû")
_SHOWN = 60  # characters of a template that an error shows
_MANY = 20  # more names than these are not listed in an error


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its fields filled in, and the claims and observations whose numbers it tells, in order."""

    text: str
    claims: tuple[str, ...]


def fill(template: str, lang: Lang, named: Mapping[str, Named], *, markdown: bool = True) -> Filled:
    """``template`` with its fields filled in and the typography of ``lang``.

    A field is the name of a claim, of an observation, or one of ``named``: ``{adoption_fr_2018}``,
    ``{adoption_fr_2018:bare}`` (without the words of the bound), ``{adoption_fr_2018.period}``,
    ``{share.said_by:short}``. In Markdown the number of a claim is a link to it, and whatever is filled in is escaped;
    the indentation of a text in triple quotes is removed.
    French "de" and "que" before a field are elided where they must be.

    Raises InputError for a digit typed in the words, a name nobody knows, an attribute or format there is not, a
    brace that does not pair.

    >>> fill("{n} réponses ; {who}", "fr", {"n": 1234, "who": "3DS_Outscale"}).text
    '1\\u202f234 réponses\\u202f; 3DS\\\\_Outscale'
    """
    written = [_piece(part, lang, named, markdown=markdown) for part in _parts(inspect.cleandoc(template))]
    told = (claim for _, claim in written if claim)
    return Filled(typeset("".join(text for text, _ in written), lang), tuple(dict.fromkeys(told)))


@dataclass(frozen=True, slots=True)
class _Part:
    """Words, and the field after them if there is one."""

    words: str
    field: str | None
    spec: str
    template: str

    def fault(self, what: str, **more: str) -> InputError:
        """An error that shows the beginning of the template."""
        start = " ".join(self.template.split())
        return InputError(what, entry=start if len(start) <= _SHOWN else f"{start[:_SHOWN]}…", **more)


def _parts(template: str) -> Iterator[_Part]:
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise _Part("", None, "", template).fault(
            f"a brace does not pair: {error}", way_out="write {{ and }} for braces that are meant as such"
        ) from error
    for words, field, spec, conversion in parts:
        part = _Part(words, field, spec or "", template)
        if conversion:
            raise part.fault(f'"!{conversion}" has no place in a field', evidence=f"{{{field}!{conversion}}}")
        yield part


def _piece(part: _Part, lang: Lang, named: Mapping[str, Named], *, markdown: bool) -> tuple[str, str | None]:
    """The words and the field written out, with the claim whose number the field tells, if it does."""
    _refuse_digits(part)
    if part.field is None:
        return part.words, None
    name, _, attribute = part.field.partition(".")
    thing = _thing(part, name, named)
    if attribute or not isinstance(thing, Known):
        text = _attribute(part, thing, attribute, lang) if attribute else _plain(part, thing, lang)
        return _before(part, text, lang) + (escape(text) if markdown else text), None
    text = quantity(thing.quantity, lang, bare=_asked(part, "bare"))
    return _before(part, text, lang) + (f"[{text}](#{thing.id})" if markdown else text), thing.id


def _before(part: _Part, text: str, lang: Lang) -> str:
    """The words before a field, elided as French wants: "d’environ", "qu’IDC"."""
    if lang == "fr" and (found := _ELIDED.search(part.words)):
        if text.startswith("de ") and found["stem"].lower() == "d":
            raise part.fault(
                f'"de {text}" says "de" twice', way_out=f"write {{{part.field}:bare}} or turn the sentence"
            )
        if text[:1].lower() in _VOWELS:
            return part.words[: found.start()] + found["stem"] + APOSTROPHE
    return part.words


def _refuse_digits(part: _Part) -> None:
    for word in _LINK_TARGET.sub(" ", part.words).split():
        if any(character.isnumeric() for character in word):
            raise part.fault(
                "a number is typed in the words",
                evidence=word,
                way_out="take it from a claim, {claim_id}, or hand over what it belongs to: tell(…, name=…)",
            )


def _thing(part: _Part, name: str, named: Mapping[str, Named]) -> Named:
    if name in named:
        return named[name]
    if found := known(name):
        return found
    names = [*named, *ledger().claims, *catalogue().observations]
    hint = nearest(name, names)
    if hint.startswith("known") and len(names) > _MANY:
        hint = "the columns id of the tables claims and series list them"
    raise part.fault(f'no claim, and nothing handed over, is called "{name}"', way_out=hint)


def _plain(part: _Part, thing: Named, lang: Lang) -> str:
    if isinstance(thing, Quantity):
        return quantity(thing, lang, bare=_asked(part, "bare"))
    _asked(part)
    if isinstance(thing, Decimal | int):
        return number(Decimal(thing), lang)
    if not isinstance(thing, str):
        raise part.fault(
            f'"{part.field}" is nothing that can be told',
            evidence=repr(thing),
            way_out="hand over a claim, a quantity, a Decimal, a whole number or a text",
        )
    return " ".join(thing.split())


def _attribute(part: _Part, thing: Named, attribute: str, lang: Lang) -> str:
    told = (*_ATTRIBUTES, *_CODES)
    if not isinstance(thing, Known):
        raise part.fault(f'"{part.field}" is asked of what is no claim', evidence=repr(thing))
    if attribute not in told:
        raise part.fault(f'a claim has no "{attribute}" to tell', way_out=nearest(attribute, told))
    if attribute in _CODES:
        code = getattr(thing, attribute)
        text = label(code, lang, short=_asked(part, "short"), group=CODED[attribute]) if code else ""
    else:
        _asked(part)
        text = _ATTRIBUTES[attribute](thing, lang)
    if not text:
        raise part.fault(f'the claim "{thing.id}" has no {attribute}', way_out="say so in words, or leave it out")
    return text


_CODES = tuple(field for field in CODED if field != "table")


def _document(entry: Known, lang: Lang) -> str:
    if isinstance(entry, Claim):
        # A title keeps the spaces of its own language, whatever the language around it.
        return typeset(entry.document.known_as, entry.document.language)
    return typeset(entry.series.title_fr if lang == "fr" else entry.series.title_en, lang)


def _publisher(entry: Known, lang: Lang) -> str:
    if isinstance(entry, Claim):
        return typeset(entry.document.publisher, entry.document.language)
    return typeset(entry.publisher, lang)


_ATTRIBUTES: Mapping[str, Callable[[Known, Lang], str]] = {
    "period": lambda entry, lang: period(entry.period, lang),
    "document": _document,
    "publisher": _publisher,
    "published": lambda entry, lang: date(entry.document.date if isinstance(entry, Claim) else entry.released, lang),
}


def _asked(part: _Part, *formats: str) -> bool:
    """Whether the field asks for one of ``formats``; an error if it asks for another."""
    if part.spec and part.spec not in formats:
        raise part.fault(
            f'"{{{part.field}:{part.spec}}}" asks for a format there is not',
            way_out=f"write {{{part.field}}}" + "".join(f" or {{{part.field}:{each}}}" for each in formats),
        )
    return bool(part.spec)


def escape(text: str) -> str:
    """``text`` as Markdown that reads as ``text``.

    >>> escape("2CRSi_*new*"), escape("+8 points"), escape("1. Orange")
    ('2CRSi\\\\_\\\\*new\\\\*', '\\\\+8 points', '1\\\\. Orange')
    """
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(lambda found: f"\\{found.group()}", text))


def statement(entry: Known, lang: Lang) -> str:
    """What is stated, in our words, with its number and period filled in; plain text.

    For a claim, the sentence of the ledger; an observation has none, so that its coordinates are named.
    """
    if not isinstance(entry, Claim):
        return _named(entry, lang)
    return _own(entry.statement_fr if lang == "fr" else entry.statement_en, entry, lang)


def _named(entry: Known, lang: Lang) -> str:
    """What is measured, about whom, where and when, with the number: "Part de marché : AWS (Europe, 2020), 66 %"."""
    codes = ("measure", "subject", "segment", "payer", "purpose")
    parts = [label(code, lang, group=CODED[field]) for field in codes if (code := getattr(entry, field))]
    scope = ", ".join(part for part in (label(entry.place, lang, group="places"), period(entry.period, lang)) if part)
    colon = " : " if lang == "fr" else ": "
    return typeset(capital(f"{', '.join(parts)} ({scope}){colon}{quantity(entry.quantity, lang)}"), lang)


def note(entry: Known, lang: Lang) -> str:
    """The caveat of a claim or an observation; plain text, empty where there is none."""
    text = entry.note_fr if lang == "fr" else entry.note_en
    return _own(text, entry, lang) if isinstance(entry, Claim) else typeset(text, lang)


def _own(template: str, claim: Claim, lang: Lang) -> str:
    named: dict[str, Named] = {"value": claim.quantity, "period": period(claim.period, lang)}
    return fill(template, lang, named, markdown=False).text
