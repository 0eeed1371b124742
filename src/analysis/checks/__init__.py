"""Relations that should hold between numbers → findings: what came out, with the derivation.

The modules in the order of the flow; each imports only those above it::

    check      what is declared: the relation, the numbers, the reason, the verdict expected
    operands   the claims, observations and names that a check computes with
    outcome    the verdict that two amounts give, and the lines of a derivation
    relations  sums, differences, shares, growth, means, counts, definitions
    dates      time elapsed, days of the week, dates told twice
    matrix     a table that has lost its blank cells
    told       amounts and derivations in French and English
    findings   every check carried out, and the verdicts that were not expected
    table      findings as a tidy table
    register   what is told of one thing, set side by side and judged
    telling    findings as a notebook shows them
    undeclared the register of a project, and its contradictions that no check declares
    subsets    which numbers add up to another
    suggesting relations that nobody declared, for a person to judge
"""

from analysis.checks.check import FILE, Check, Grade, Verdict, declared
from analysis.checks.findings import RELATIONS, Finding, findings, unexpected
from analysis.checks.operands import Evidence, load
from analysis.checks.table import COLUMNS, FINDINGS, table
from analysis.checks.telling import compared, found, show, shown, tabled
from analysis.checks.undeclared import same_quantities, undeclared

__all__ = [
    "COLUMNS",
    "FILE",
    "FINDINGS",
    "RELATIONS",
    "Check",
    "Evidence",
    "Finding",
    "Grade",
    "Verdict",
    "compared",
    "declared",
    "findings",
    "found",
    "load",
    "same_quantities",
    "show",
    "shown",
    "table",
    "tabled",
    "undeclared",
    "unexpected",
]
