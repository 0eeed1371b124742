"""The house rules of notebooks: what breaks them, cell by cell, with the way out; and new chapters that keep them.

The modules in the order of the flow; each imports only those above it::

    reading   a notebook as the rules read it
    rule      a rule, and what it finds
    writing   the rules of the code
    telling   the rules of the texts
    showing   the rules of what is shown
    tidying   the form in which a notebook is committed
    checking  all rules, held against a notebook
    opening   a new chapter, from its template
"""

from analysis.house.checking import RULES, check
from analysis.house.opening import chapter
from analysis.house.rule import Fault, Rule
from analysis.house.tidying import tidied

__all__ = ["RULES", "Fault", "Rule", "chapter", "check", "tidied"]
