"""Numbers read by hand, and how well a reader does on them.

``marked/``  passages written for this purpose, their numbers marked by hand. *Tuned* ones were looked at while the
rules were written, *held_out* ones first when the rules were thought done; *fresh* ones were written after that.
``passages/``  the same as plain text and records, made by ``mark.py``.
``rules.txt``  single sentences, each for a rule.
``documents.jsonl``  the numbers of the five documents: places and values, not their text.
``scoring.py``  record F1.
"""
