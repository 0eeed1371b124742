"""The typed contract of every notebook: declared once, for the command, the notebook, the matrix and the report.

The modules in the order of the flow; each imports only those above it::

    kinds      what a parameter may be, and how a value of it is read
    contract   which parameters each notebook takes
    schema     the contract as text, as JSON and as JSON Schema
    telling    what a report was made with, in words
    beginning  the first call of every notebook
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from analysis.parameters.contract import (
    COMPARED,
    CONTRACTS,
    LANGUAGE,
    Parameter,
    Refused,
    check,
    contract,
    literals,
    stems,
)
from analysis.parameters.kinds import Value
from analysis.parameters.schema import listed, recorded, schema

if TYPE_CHECKING:
    from analysis.parameters.beginning import begin
    from analysis.parameters.telling import told

__all__ = [
    "COMPARED",
    "CONTRACTS",
    "LANGUAGE",
    "Parameter",
    "Refused",
    "Value",
    "begin",
    "check",
    "contract",
    "listed",
    "literals",
    "recorded",
    "schema",
    "stems",
    "told",
]
_HOMES = {"begin": "beginning", "told": "telling"}


def __getattr__(name: str) -> Any:
    """What needs the words, when it is asked for: help and errors do without."""
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
