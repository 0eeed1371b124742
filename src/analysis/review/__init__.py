"""An article's numbers against the ledger: which agree, which differ and by what slip, which are unknown.

The modules in the order of the flow; each imports only those above it::

    clause_words
    cues       the words that name what the ledger knows (cues.toml), found in a sentence
    passages   text → sentences, with what each figure's own clause and those around it name
    units      numbers that leave their unit to others
    facts      claims and observations, gathered into topics
    agreement  whether a printed number can be the known one
    slips      what was likely done to a number that differs
    naming     a figure → the topics that its words name, and how sure they are
    judging    a figure → its verdict, by its own sentence
    frames     what an article speaks of as it goes on
    framed     a figure → its verdict, inside what the article speaks of
    events     dates of events
    sums       the article's own arithmetic in one sentence
    running    the article's own arithmetic from sentence to sentence
    telling    the reason for a verdict, in words
    remarks    the review and its remarks
    annotated  a review → an annotated copy of the article
    reviewing  text → review
    sarif      reviews → SARIF, for code hosts
"""

from analysis.calling import callable_too
from analysis.review.remarks import FINDINGS, SIGNS, VERDICTS, Remark, Review
from analysis.review.reviewing import Reviewer, review
from analysis.review.slips import SLIPS

__all__ = ["FINDINGS", "SIGNS", "SLIPS", "VERDICTS", "Remark", "Review", "Reviewer", "review"]

callable_too(__name__)
