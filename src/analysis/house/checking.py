"""All rules, held against a notebook."""

from __future__ import annotations

from pathlib import Path

from analysis.house import showing, telling, tidying, writing
from analysis.house.reading import Notebook, read
from analysis.house.rule import Fault, Rule

#: Every rule, in the order in which a fault is mended best: first what keeps a notebook from being run.
RULES: tuple[Rule, ...] = (*writing.RULES, *telling.RULES, *showing.RULES, *tidying.RULES)


def check(file: Path, project: Path) -> list[Fault]:
    """Where the notebook in a file breaks the rules, cell by cell; what belongs to no cell comes last.

    The rules of what is shown are held against the outputs that stand in the file, unless they are those of no whole
    run. Raises ExecutionError where the file is no notebook that could be run.
    """
    notebook = read(file, project)
    rules = [rule for rule in RULES if _holds(rule, notebook)]
    faults = [fault for rule in rules for fault in rule.faults(notebook)]
    return sorted(faults, key=lambda fault: fault.cell or len(notebook.cells) + 1)


def _holds(rule: Rule, notebook: Notebook) -> bool:
    return (notebook.in_order or not rule.run) and (notebook.is_chapter or not rule.chapter)
