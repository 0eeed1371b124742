"""Packages that can be called: ``analysis.claims("adoption")`` besides ``from analysis import claims``.

Five packages bear the name of what the analyst's desk offers. Their class is exchanged for one that can be called, as
the reference of Python's data model has it ("Customizing module attribute access"); the desk is imported at the call.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

#: The packages that are also functions of the desk.
CALLED = ("claims", "documents", "quantities", "review", "series")


class _Called(ModuleType):
    """A package that, called, is the function of its name on the analyst's desk."""

    @property
    def __call__(self) -> Callable[..., Any]:
        function: Callable[..., Any] = getattr(import_module("analysis.desk"), _name(self))
        return function

    @property
    def __signature__(self) -> inspect.Signature:
        """What ``help`` and Jupyter show of the call."""
        return inspect.signature(self.__call__)


def callable_too(name: str) -> None:
    """Makes the package of that name (its ``__name__``), which is being imported, one that can be called.

    >>> from analysis import claims
    >>> claims("adoption").equals(claims(family="adoption"))
    True
    """
    package = sys.modules[name]
    package.__class__ = _Called
    package.__doc__ = f"{package.__doc__}\n\nThe package can be called: see help(analysis.desk.{_name(package)})."


def _name(package: ModuleType) -> str:
    return package.__name__.rpartition(".")[2]
