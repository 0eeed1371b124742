"""The command ``nuage``. Each command imports what it needs when it is run, so that help and errors come at once."""

from analysis.cli.command import main

__all__ = ["main"]
