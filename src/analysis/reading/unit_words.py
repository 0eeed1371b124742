"""Words and signs of units: scales, currencies, percent, points, time, physical measures."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

_K, _M, _G, _T = Decimal(1000), Decimal(10) ** 6, Decimal(10) ** 9, Decimal(10) ** 12

#: Scale words that need no currency beside them. "billion" and "trillion" are the English ones; see units.scale_of.
SCALES: Final[dict[str, Decimal]] = {
    "millier": _K, "milliers": _K, "mille": _K, "thousand": _K, "thousands": _K,
    "million": _M, "millions": _M, "mio": _M, "mln": _M, "mlns": _M, "mn": _M, "mns": _M,
    "milliard": _G, "milliards": _G, "md": _G, "mds": _G, "mrd": _G, "mrds": _G, "mia": _G, "mlrd": _G, "mlrds": _G,
    "bn": _G, "bns": _G, "bln": _G, "billion": _G, "billions": _G,
    "tn": _T, "trn": _T, "trillion": _T, "trillions": _T, "hundred": Decimal(100),
}  # fmt: skip
LONG_SCALES: Final[dict[str, Decimal]] = {
    "billion": _T, "billions": _T, "trillion": Decimal(10) ** 18, "trillions": Decimal(10) ** 18,
}  # fmt: skip
#: Letters that are a scale beside a currency or behind a digit, as printed.
LETTER_SCALES: Final[dict[str, Decimal]] = {
    "k": _K, "K": _K, "M": _M, "MM": _M, "m": _M, "G": _G, "B": _G, "b": _G, "Bn": _G, "T": _T, "t": _T,
}  # fmt: skip

CURRENCY_SIGNS: Final[dict[str, str]] = {
    "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₿": "XBT", "₺": "TRY",
    "₴": "UAH",
}  # fmt: skip
CURRENCY_CODES: Final = frozenset(
    """EUR USD GBP JPY CHF CNY CAD AUD NZD SEK NOK DKK PLN CZK HUF RON BGN INR BRL RUB KRW SGD HKD TRY ZAR MXN ILS XOF
    XAF MAD TND DZD AED SAR QAR RMB SFr""".split()
)
#: Letters before "$": US$, A$ …
DOLLARS: Final[dict[str, str]] = {
    "us": "USD", "u": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD",
    "r": "BRL", "nt": "TWD",
}  # fmt: skip
CURRENCY_WORDS: Final[dict[str, str]] = {
    "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "sterling": "GBP", "pound": "GBP",
    "pounds": "GBP", "livres": "GBP", "livre": "GBP", "yen": "JPY", "yens": "JPY", "yuan": "CNY", "yuans": "CNY",
    "renminbi": "CNY", "rmb": "CNY", "francs": "CHF", "franc": "CHF", "couronnes": "SEK", "krona": "SEK",
    "kronor": "SEK", "kroner": "DKK", "roubles": "RUB", "rubles": "RUB", "roupies": "INR",
    "rupees": "INR", "wons": "KRW", "zlotys": "PLN", "dirhams": "AED", "reais": "BRL", "forints": "HUF",
}  # fmt: skip
#: Words that tell whose dollars, francs or crowns; before the word in English, after it in French.
NATIONS: Final[dict[str, dict[str, str]]] = {
    "dollar": {
        "us": "USD", "american": "USD", "américains": "USD", "américain": "USD", "canadian": "CAD", "canadiens": "CAD",
        "australian": "AUD", "australiens": "AUD", "singapore": "SGD", "hong": "HKD", "taïwanais": "TWD",
    },
    "franc": {"swiss": "CHF", "suisses": "CHF", "suisse": "CHF", "cfa": "XOF", "français": "FRF", "french": "FRF"},
    "couronne": {
        "suédoises": "SEK", "danoises": "DKK", "norvégiennes": "NOK", "tchèques": "CZK", "swedish": "SEK",
        "danish": "DKK", "norwegian": "NOK", "czech": "CZK",
    },
    "pound": {"british": "GBP", "sterling": "GBP"},
    "livre": {"sterling": "GBP", "turques": "TRY", "libanaises": "LBP"},
}  # fmt: skip
#: How wire services write k€, M€, Md€ where the sign is missing.
WIRE_SCALES: Final[dict[str, Decimal]] = {"KE": _K, "kE": _K, "ME": _M, "MdE": _G, "MdsE": _G}
CENTS: Final[dict[str, str]] = {"centime": "EUR", "centimes": "EUR", "cents": "USD", "pence": "GBP"}

#: Time units by word, with the singular English name of the unit.
TIMES: Final[dict[str, str]] = {
    "an": "year", "ans": "year", "année": "year", "années": "year", "annee": "year", "annees": "year", "year": "year",
    "years": "year", "yr": "year", "yrs": "year", "mois": "month", "month": "month", "months": "month",
    "jour": "day", "jours": "day", "journée": "day", "journées": "day", "day": "day", "days": "day", "semaine": "week",
    "semaines": "week", "week": "week", "weeks": "week", "heure": "hour", "heures": "hour", "hour": "hour",
    "hours": "hour", "hrs": "hour", "minute": "minute", "min": "minute", "mins": "minute", "minutes": "minute",
    "seconde": "second", "secondes": "second",
    "seconds": "second", "trimestres": "quarter", "quarters": "quarter", "semestres": "semester",
    "semesters": "semester", "décennie": "decade", "décennies": "decade", "decade": "decade", "decades": "decade",
    "siècle": "century", "siècles": "century", "century": "century", "centuries": "century", "nuits": "night",
    "nights": "night", "quinquennats": "year",
}  # fmt: skip
#: Adjectives that may stand between a number and its time unit.
TIME_ADJECTIVES: Final = frozenset(
    """dernières derniers dernieres prochaines prochains premières premiers consécutifs consécutives suivantes suivants
    longues longs petits petites bonnes bons past last next first full calendar consecutive straight working business
    additional more further previous following coming long short successive""".split()
)

#: Physical measures, as printed; they stay inside the expression.
MEASURES: Final = frozenset(
    """W kW MW GW TW Wh kWh MWh GWh TWh V kV MV A mA J kJ MJ GJ TJ PJ km m cm mm nm µm m2 m3 km2 cm2 ha kg g mg t kt Mt
    Gt l hl L kHz MHz GHz THz Hz Ko Mo Go To Po Eo KB kB MB GB TB PB EB ZB Zo KiB MiB GiB TiB bit bits Mbit Gbit
    Tbit Mb Gb Tb Kb kbps Mbps Gbps Tbps ms ns µs °C °F K dB bar Pa kPa MPa Nm N kN ppm tep Mtep ktep teqCO2 tCO2
    MtCO2 GtCO2 tCO2e MtCO2e gCO2e kgCO2e gCO2 kgCO2 PUE FLOPS TFLOPS PFLOPS EFLOPS TFlops PFlops EFlops MVA kVA MWc
    kWc GWc MWp GWp kWp kb pb fps dpi px rpm mph kph""".split()
)
MEASURE_WORDS: Final = frozenset(
    """watt watts kilowatt kilowatts mégawatt mégawatts megawatt megawatts gigawatt gigawatts térawatts terawatt
    terawatts wattheures kilowattheures mégawattheures gigawattheures térawattheures terawattheures kilowattheure
    mégawattheure gigawattheure térawattheure kilomètre kilomètres mètre mètres centimètre centimètres millimètres
    nanomètres kilometre kilometres kilometer kilometers metre metres meter meters mile miles hectare hectares tonne
    tonnes ton tons kilos kilogrammes kilogrammes grammes litre litres liter liters octets mégaoctets gigaoctets
    téraoctets pétaoctets exaoctets zettaoctets bytes megabytes gigabytes terabytes petabytes exabytes zettabytes
    gigabits mégabits térabits degrés degrees barils barrels exaflops pétaflops petaflops téraflops teraflops
    gigahertz mégahertz megahertz milliseconds millisecondes nanomètre volts ampères""".split()
)
