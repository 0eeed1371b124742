"""The explorer: controls for a choice around what there is of it, without anything kept but their values."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module, util
from typing import Any

from analysis import reads, words
from analysis.desk.drawn import chart
from analysis.desk.exploring import LATEST, Choice, offered, said, shown, text, title, writing
from analysis.errors import SetupError
from analysis.quantities import Lang
from analysis.words.terms import lexicon
from analysis.words.typography import capital

#: What Jupyter sets for the kernel of a notebook that somebody has open.
SESSION = "JPY_SESSION_NAME"
_CONTROLS = ("table", "chart", "places", "first", "last", "release")
#: Wide enough for headlines, where there is room.
_WIDE = {"width": "min(100%, 46rem)"}


def explore(choice: Choice | None = None, *, widgets: bool | None = None) -> Any:
    """The explorer, beginning with a choice: widgets where a notebook is open in Jupyter, else what they would show.

    ``widgets`` decides it instead. Raises SetupError where they are wanted and not installed.

    >>> explore(Choice(table="", lang="en"), widgets=False).chart.headline
    'In France, 27% of enterprises use the cloud in 2020, up from 19% in 2018'
    """
    installed = util.find_spec("ipywidgets") is not None
    if widgets is None:
        # Widgets bear names drawn by lot: runs whose outputs are kept or compared go without.
        widgets = installed and SESSION in os.environ and reads.NOTES not in os.environ
    if widgets and not installed:
        raise SetupError("ipywidgets is not installed", way_out="make lab, or explore(widgets=False)")
    began = choice or Choice(lang=words.language())
    return _shell(began) if widgets else shown(began)


def _shell(began: Choice) -> Any:
    """The widgets. Their values are the choice, from which all else that they show is made again at each change."""
    widgets = import_module("ipywidgets")  # not everyone has it: see explore
    lang = widgets.Dropdown(options=[("Français", "fr"), ("English", "en")], value=began.lang, layout=_WIDE)
    copy, view, box = widgets.ToggleButton(), widgets.HTML(), widgets.VBox()
    cell = widgets.Textarea(rows=16, layout={"width": "100%"}, style={"description_width": "initial"})
    first, last = ((year or "") for year in began.years or (None, None))

    def show(_: object = None) -> None:
        made = shown(_chosen(lang.value, *(each.value for each in box.children)))
        view.value, cell.value = made.bundle()["text/html"], made.code if copy.value else ""
        cell.layout.display = "" if copy.value else "none"

    def dress(_: object = None) -> None:
        worn, called = box.children, lang.value
        values = [each.value for each in worn] or [began.table, began.chart, began.places, first, last, began.release]
        box.children = [_control(widgets, *pair, called) for pair in zip(_CONTROLS, values, strict=True)]
        for each in worn:
            each.close()
        for each in box.children:
            each.observe(show, "value")
        for each, name in ((lang, "lang"), (copy, "copy"), (cell, "code")):
            each.description = each.tooltip = text(name, called)
        show()

    dress()
    lang.observe(dress, "value")
    copy.observe(show, "value")
    return widgets.VBox([lang, box, copy, cell, view])


def _control(widgets: Any, name: str, value: Any, lang: Lang) -> Any:
    options, called = [*_offered(name, lang)], text(name, lang)
    if name == "places":
        return widgets.SelectMultiple(options=options, value=value, description=called, tooltip=called, layout=_WIDE)
    # What was chosen in code, such as a year that nothing is told of, is offered too.
    options += [] if value in dict(options).values() else [(str(value), value)]
    return widgets.Dropdown(options=options, value=value, description=called, tooltip=called, layout=_WIDE)


def _offered(name: str, lang: Lang) -> Iterator[tuple[str, Any]]:
    """What may be chosen, with what it is called."""
    if name == "places":
        yield from sorted(
            (capital(words.label(each, lang, group="places")), each)
            for each in said("place")
            if each in lexicon()["places"]
        )
    elif name == "table":
        yield from ((text("none", lang), ""), *((title(each, lang), each) for each in offered()))
    elif name == "chart":
        with writing(lang):
            drawable = chart()
        yield from ((text("none", lang), ""), *zip(drawable["headline"], drawable["chart"], strict=True))
    elif name == "release":
        yield from ((text("newest", lang), LATEST), *((words.date(each, lang), each) for each in said("released")))
    else:
        whole = text("all" if name == "first" else "newest", lang)
        # A list shows nothing where the value is None.
        yield from ((whole, ""), *((str(each), each) for each in _years()))


def _years() -> list[int]:
    """The years in which a period begins that something is told of."""
    return sorted({int(each[:4]) for each in said("period") if each[:4].isdigit()})


def _chosen(lang: Lang, *values: Any) -> Choice:
    """The choice that the values of the controls are, in their order."""
    table, chart, places, first, last, release = values
    years = (first or _years()[0], last or None) if first or last else None
    return Choice(table, chart, places, years, release, lang)
