"""Words around a number that say how it binds: about, at least, at most."""

from __future__ import annotations

from typing import Final, NamedTuple

from analysis.quantities import Bound


class Cue(NamedTuple):
    """How a number binds; ``strict`` when its limit is left out."""

    bound: Bound
    strict: bool = False


ABOUT: Final = Cue("about")
ABOVE: Final = Cue("at_least", strict=True)
AT_LEAST: Final = Cue("at_least")
BELOW: Final = Cue("at_most", strict=True)
AT_MOST: Final = Cue("at_most")

_BEFORE: Final[dict[Cue, str]] = {
    ABOUT: """environ; env; env .; près de; près d; près des; près du; proche de; proche d; proche des; proches de;
        quelque;
        quelques; presque; quasi; quasiment; quasiment de; pratiquement; à peu près; autour de; autour d; autour des;
        autour du; aux alentours de; aux alentours des; aux environs de; aux environs des; de l ' ordre de;
        de l ' ordre d; de l ' ordre des; plus ou moins; approximativement; avoisine; avoisinent; avoisinait;
        avoisinant; avoisiner; avoisinera; approche; approchent; approchant; approchait; frôle; frôlent; frôlant;
        à peine; estimé à; estimée à; estimés à; estimées à; évalué à; évaluée à; évalués à; évaluées à; estimé aux;
        grosso modo; flirte avec; flirtant avec; voisin de; voisine de; tout près de; non loin de; pas loin de;
        à quelque chose près; nearly;
        barely; hardly; almost; about; around; approximately; approx; approx .; roughly; some; circa;
        c .; ca .; ca; close to; closer to; in the region of; in the order of; of the order of; on the order of;
        in the neighbourhood of; in the vicinity of; somewhere around; estimated; estimated at; estimated to be;
        an estimated; practically; virtually; more or less; approaching; approaches; approached; nearing;
        hovering around; a little under or over; ~; ≈; ≃; ±; + / -; plus or minus; est .; give or take""",
    ABOVE: """plus de; plus d; plus des; plus du; plus que; + de; + d; supérieur à; supérieure à; supérieurs à;
        supérieures à; supérieur aux; supérieure aux; au - dessus de; au - dessus des; au - dessus d; au - dessus du;
        au dessus de; au dessus des; au - delà de; au - delà des; au - delà d; au - delà du; au delà de; au delà des;
        passe la barre des; bien plus de; bien plus d; more than; over; above; in excess of; upwards of; upward of;
        greater than; higher than; larger than; better than; topped; tops; topping; top; beyond; well over; just over;
        north of; >; ＞""",
    AT_LEAST: """au moins; minimal de; minimale de; minimal d; minimale d; minimum of; au minimum; minimum; minimum de;
        minimum d; un minimum de; a minimum of; minimum of; min; min .; at least; no less than; no fewer than;
        not less than; not fewer than; pas moins de; pas moins d; pas moins des; non moins de; à partir de;
        à partir d; supérieur ou égal à; supérieure ou égale à; supérieurs ou égaux à; supérieures ou égales à;
        supérieur ou égale à; greater than or equal to; equal to or greater than; as few as; as little as;
        starting at; starting from; ≥; ⩾; > =; or above; le plancher de la; a floor of at least""",
    BELOW: """moins de; moins d; moins des; moins du; inférieur à; inférieure à; inférieurs à; inférieures à;
        inférieur aux; inférieure aux; au - dessous de; au - dessous des; au - dessous du; au dessous de; en dessous de;
        en dessous des; en dessous du; en - dessous de; en - dessous des; en deçà de; en deçà des; en - deçà de;
        sous la barre des; sous la barre de; sous le seuil de; sous le seuil des; sous les; sous;
        less than; fewer than; under; below; lower than; smaller than; short of; shy of; just under; south of; <; ＜""",
    AT_MOST: """maximal de; maximale de; maximal d; maximale d; maximaux de; maximum of; jusqu ' à; jusqu ' aux;
        jusqu ' au;
        jusqu ' en; jusque; au plus; tout au plus; au maximum; maximum; maximum de; maximum d; un maximum de;
        a maximum of; maximum of; max; max .; pas plus de; pas plus d; pas plus des; non plus de; limité à; limitée à;
        limités à; limitées à; plafonné à; plafonnée à; plafonnés à; plafonnées à; plafonner à; plafonne à;
        plafonnent à; dans la limite de; dans la limite d; dans la limite des; inférieur ou égal à;
        inférieure ou égale à; inférieurs ou égaux à; inférieures ou égales à; up to; at most; at the most;
        as many as; as much as; no more than; not more than; no greater than; not above; not over; capped at;
        capping at; limited to; restricted to; a cap of up to; less than or equal to; equal to or less than;
        within a limit of; no higher than; ≤; ⩽; < =; n ' est pas supérieur à; n ' est pas supérieure à""",
}
_AFTER: Final[dict[Cue, str]] = {
    ABOUT: """environ; à peu près; approximativement; or so; approximately; roughly; or thereabouts; give or take;
        plus ou moins; more or less; estimated; approx; ( environ ); ( estimation ); ( estimated )""",
    AT_LEAST: """ou plus; et plus; ou davantage; et davantage; au moins; au minimum; minimum; et au - delà; et au delà;
        ou au - delà; or more; or above; or higher; or greater; or over; or older; and over; and above; and more;
        and older; and up; at least; at a minimum; at minimum; and beyond; or beyond; - plus; plus; +""",
    AT_MOST: """ou moins; et moins; au plus; tout au plus; au maximum; maximum; maxi; max; or less; or fewer; or below;
        or under; or lower; and under; and below; and less; at most; at the most; at maximum; at a maximum;
        or younger""",
}

#: Verbs of going beyond: at least, or at most where they are denied.
BEYOND: Final = ("dépass", "excéd", "excèd", "franchi", "outrepass", "surpass", "exceed")
DENIALS: Final = frozenset("pas jamais ne n sans saurait not never cannot without nor".split())

Phrase = tuple[str, ...]


def _by_word(phrases: dict[Cue, str], position: int) -> dict[str, list[tuple[Phrase, Cue]]]:
    table: dict[str, list[tuple[Phrase, Cue]]] = {}
    for cue, listed in phrases.items():
        for phrase in listed.split(";"):
            words = tuple(phrase.split())
            table.setdefault(words[position], []).append((words, cue))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


#: Phrases before a number by their last word, phrases after it by their first; the longest first.
BEFORE: Final = _by_word(_BEFORE, -1)
AFTER: Final = _by_word(_AFTER, 0)

#: Words that may stand between a cue and its number.
FILLERS: Final = frozenset(
    """le la les l ' un une des d de du à au aux the a an of désormais aujourd hui maintenant déjà largement nettement
    ainsi même encore bien très légèrement now already currently today still even well far just by only seulement
    actuellement également à présent its their his our ses son sa leur leurs nos notre total at cap barre seuil mark
    threshold""".split()
)
#: Short words that are a cue only right before the number: "over 400", not "over the last 5 years".
ADJACENT: Final = frozenset(
    "some about around over under below above near top tops c ca quelque quelques vers est estimated like - +".split()
)
