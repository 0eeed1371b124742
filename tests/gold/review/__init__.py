"""Sentences in the manner of the press, with the verdict that each of their numbers deserves.

``tuned.jsonl`` was looked at while the rules were written; ``held_out.jsonl`` was written before and first looked at
when they were thought done; ``fresh.jsonl`` was written after that. ``scoring.py`` says how well a reviewer does.
"""
