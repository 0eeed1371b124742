"""The commands that run notebooks: build, execute, parameters."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis import paths
from analysis.errors import UsageError


def build(options: argparse.Namespace) -> int:
    """Builds the edition."""
    from analysis import editions

    project = paths.project(options.project)
    given = dict(_assignment(text) for text in options.param)
    languages = tuple(dict.fromkeys(options.lang or ("fr", "en")))
    out = options.out or project / "reports"
    progress = _Progress(editions.steps(project, languages, given))
    count = editions.build(
        project, out.absolute(), languages, given, options.documents, progress, quoting=options.passages
    )
    progress.close()
    print(f"{count} files in {out}; open {out / 'index.html'}")
    return 0


def _assignment(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UsageError(f'not NAME=VALUE: "{text}"', entry="--param", way_out="--param countries=DE,FI")
    return name, value


class _Progress:
    """A line rewritten in place on a terminal, plain lines elsewhere."""

    def __init__(self, total: int) -> None:
        from tqdm import tqdm

        self._bar = tqdm(total=total, file=sys.stderr, leave=False) if sys.stderr.isatty() else None

    def __call__(self, step: str) -> None:
        if self._bar is None:
            print(step, file=sys.stderr, flush=True)
        else:
            self._bar.set_description(step, refresh=False)
            self._bar.update()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def execute(options: argparse.Namespace) -> int:
    """Runs notebooks in place."""
    from analysis import editions, notebooks
    from analysis.errors import nearest

    project = paths.project(options.project)
    found = {stem: file for _, stem, file in editions.notebooks(project)}
    for stem in options.stems or found:
        file = found.get(stem, Path(stem))
        if stem not in found and not (file.suffix == ".ipynb" and file.is_file()):
            raise UsageError(f'no notebook "{stem}"', way_out=nearest(stem, found))
        file.write_text(notebooks.text(notebooks.run(file, {}, project)), encoding="utf-8")
        print(f"run: {file.relative_to(project) if stem in found else file}")
    return 0


def list_parameters(options: argparse.Namespace) -> int:
    """Prints the parameters of notebooks."""
    from analysis import parameters

    for stem in options.stems or parameters.CONTRACTS:
        print(stem)
        for parameter in parameters.contract(stem):
            choices = ("," if parameter.many else " | ").join(parameter.choices)
            print(f"  {parameter.name:<12} {parameter.help}: {choices} (default: {parameter.default})")
    return 0
