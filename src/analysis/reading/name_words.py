"""Ordinals, and words whose number names or numbers something instead of measuring it."""

from __future__ import annotations

from typing import Final

_FRENCH: Final = """premier premiers première premières; deuxième deuxièmes second seconde seconds secondes; troisième
troisièmes; quatrième quatrièmes; cinquième cinquièmes; sixième sixièmes; septième septièmes; huitième huitièmes;
neuvième neuvièmes; dixième dixièmes; onzième; douzième; treizième; quatorzième; quinzième; seizième"""
_ENGLISH: Final = "first; second; third; fourth; fifth; sixth; seventh; eighth; ninth; tenth; eleventh; twelfth"
ORDINALS: Final[dict[str, int]] = {
    **{word: n for n, words in enumerate(_FRENCH.split(";"), 1) for word in words.split()},
    **{word: n for n, words in enumerate(_ENGLISH.split(";"), 1) for word in words.split()},
    "vingtième": 20, "centième": 100, "twentieth": 20, "hundredth": 100,
}  # fmt: skip
#: Denominators of fractions in words, with plurals.
DENOMINATORS: Final[dict[str, int]] = {
    "tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5, "sixième": 6, "sixièmes": 6, "septième": 7,
    "septièmes": 7, "huitième": 8, "huitièmes": 8, "neuvième": 9, "neuvièmes": 9, "dixième": 10, "dixièmes": 10,
    "centième": 100, "centièmes": 100, "vingtième": 20, "vingtièmes": 20,
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10, "twentieth": 20,
    "hundredth": 100, "hundredths": 100, "ninth": 9, "ninths": 9,
}  # fmt: skip
#: Words before a number that points into a text.
PAGES: Final = frozenset("page pages p pp note notes footnote footnotes slide slides diapositive".split())
#: Words before a number that numbers a thing.
NUMBERED: Final = frozenset(
    """article articles art section sections chapitre chapitres chapter chapters annexe annexes annex appendix tableau
    tableaux table tables figure figures fig graphique graphiques chart charts encadré box alinéa paragraphe
    paragraph loi décret directive règlement regulation circulaire arrêté phase phases lot lots saison season niveau
    niveaux level levels version versions étape étapes step axe axes mesure action pilier tier tiers type classe
    catégorie scope mission sprint tranche objectif recommandation recommendation question annex titre partie part
    release volume tome chantier défi priorité exigence tour round jalon milestone génération generation gen groupe
    ligne line route salle hall stand porte quai voie programme programmes épisode échelon canal terminal vol flight
    port lignes métro chaîne channel bus tram bâtiment building room gate""".split()
)
#: Words before a code of several groups of digits.
CODES: Final = frozenset("siren siret rcs tva isin issn isbn doi iban bic tél tel téléphone phone fax ext rfc".split())
STREETS: Final = frozenset(
    """rue avenue boulevard bd av place quai allée impasse chemin cours square passage esplanade street road lane drive
    st rd ave""".split()
)
#: Names that end in a number.
NAMES: Final = frozenset(
    """office windows iphone ipad galaxy pixel android ios macos ubuntu debian web python java html php airbus boeing
    rafale cac sbf stoxx ftse dax nasdaq nikkei ibex aex fortune forbes euronext s&p russell gpt claude gemini llama
    mistral covid iso nf horizon agenda vision cop pia g bâle basel solvabilité solvency schengen erasmus msci
    topix dow top500 csi kospi smi mib eurostoxx ipcc mifid psd fedora rhel ps playstation xbox paris lyon
    marseille rtl europe1 ap cp tp wifi fi bluetooth usb ddr pcie natura euro2024""".split()
)
#: Nouns of products; the name behind them may end in a number.
PRODUCTS: Final = frozenset(
    """suite logiciel logiciels gamme modèle model smartphone processeur processor puce chip avion satellite série
    software appareil console norme standard protocole""".split()
)
PROGRAMMES: Final = frozenset({("france", "2030"), ("europe", "2030"), ("horizon", "2020"), ("agenda", "2030")})
#: Signs between letters and digits of one name.
NAME_SIGNS: Final = frozenset("-_./@#&+")
