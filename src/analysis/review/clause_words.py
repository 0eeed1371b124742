"""Words by which clauses hang together, as alternatives of regular expressions; vocabulary and no rules."""

from __future__ import annotations

#: They begin a clause.
CUTTING = "|".join(
    r"""et and puis then dont contre against versus vs tandis while whereas mais but soit alors ainsi auxquels
    auxquelles including quand when où where avant before compared par\s+rapport plus(?=\s+\d)""".split()
)
#: They begin a clause that goes with the figure before it.
LEANING_BACK = "|".join(
    r"""par de du des pour aux? au\s+titre venant venus? issue?s? apport\w+ provenant financ\w+ consacr\w+ destin\w+
    en sur
    selon d['’]après qui from by for of in on coming provided paid dedicated earmarked devoted according that
    which""".split()
)
#: A sentence that begins with one of them leans on the sentence before it.
LINKING = "|".join(
    r"""leurs? elles? ils? celle-ci celui-ci cette ce cet ces dont soit parmi sur\s+ce de\s+ce la\s+part
    le\s+(?:taux|reste|chiffre(?!\s+d)) un\s+an deux\s+ans it they this that these those its their
    of\s+(?:that|this|which|these) the\s+(?:figure|share|rate|number|proportion|former|latter|rest)
    two\s+years""".split()
)
#: They stand between the names of a list.
LISTING = "|".join(
    "et and ou or puis en le la les à de du the in for pour au aux sur par by then on to from chez".split()
)
#: They stand between the figures of a list.
COUNTING = "|".join(
    "et and ou or puis à de to from then environ about plus moins than respectivement respectively".split()
)
#: They begin a sentence rather than a line of one.
OPENING = frozenset(
    """le la les l un une des ce cet cette ces il elle ils elles on en pour dans mais ainsi enfin par selon nos notre
    afin mesure the this these it they in for but our""".split()
)
