"""The record of the edition's data for catalogues of open data, such as data.gouv.fr: DCAT-AP 3, as JSON-LD.

https://semiceu.github.io/DCAT-AP/releases/3.0.0/. Codes are those of the Publications Office of the EU.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from analysis.package import LICENCES
from analysis.pages.edition import NAME, Edition
from analysis.pages.machine.coverage import coverage
from analysis.pages.machine.linked import media_type
from analysis.pages.machine.places import absolute, link, name
from analysis.pages.strings import strings
from analysis.quantities import Lang

#: Its place in the edition.
RECORD = "data/dcat.jsonld"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_OFFICE = "http://publications.europa.eu/resource/authority"
_LANGUAGES: dict[Lang, str] = {"fr": "FRA", "en": "ENG"}
_FORMATS = {"text/csv": "CSV", "application/json": "JSON"}
Node = dict[str, Any]


def record(edition: Edition) -> bytes:
    """The file ``data/dcat.jsonld``; its addresses are relative to it while the edition has no public one."""
    about = coverage([*edition.ledger.claims.values(), *edition.observations], edition.languages[0])
    paths = [path for path in sorted(edition.downloads) if path.startswith("data/")]
    described = {
        "@context": _CONTEXT,
        "@id": name("data"),
        "@type": "dcat:Dataset",
        "dct:identifier": name("data"),
        "dct:title": _told(edition, lambda lang: strings(lang)["contents_title"]),
        "dct:description": _told(edition, lambda lang: strings(lang)["contents_description"]),
        "dcat:version": edition.name,
        "dct:issued": _day(edition.date),
        "dct:modified": _day(edition.date),
        "dct:language": [_code("language", _LANGUAGES[lang]) for lang in edition.languages],
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": NAME},
        "dct:accrualPeriodicity": _code("frequency", "IRREG"),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@value": about.first, "@type": "xsd:gYear"},
            "dcat:endDate": {"@value": about.last, "@type": "xsd:gYear"},
        },
        "dct:spatial": [_code("country", "FRA"), _code("continent", "EUROPE")],
        "dcat:theme": [_code("data-theme", "TECH"), _code("data-theme", "GOVE")],
        "dcat:landingPage": {"@id": link(edition, "index.html")},
        "dcat:distribution": [_distribution(path, edition) for path in paths],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _distribution(path: str, edition: Edition) -> Node:
    kind = media_type(path)
    made: Node = {
        "@type": "dcat:Distribution",
        "dct:title": path.rpartition("/")[2],
        "dcat:accessURL": {"@id": link(edition, "index.html")},
        "dcat:downloadURL": {"@id": absolute(edition, path) or path.rpartition("/")[2]},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{kind}"},
        "dcat:byteSize": {"@value": str(edition.downloads[path]), "@type": "xsd:nonNegativeInteger"},
        "dct:license": {"@id": LICENCES[0].path},
        "dct:rights": {
            "@type": "dct:RightsStatement",
            "rdfs:label": _told(edition, lambda lang: strings(lang)["licence_text"]),
        },
    }
    return made | ({"dct:format": _code("file-type", _FORMATS[kind])} if kind in _FORMATS else {})


def _told(edition: Edition, text: Callable[[Lang], str]) -> list[Node]:
    return [{"@value": text(lang), "@language": lang} for lang in edition.languages]


def _day(date: str) -> Node:
    return {"@value": date, "@type": "xsd:date"}


def _code(vocabulary: str, code: str) -> Node:
    return {"@id": f"{_OFFICE}/{vocabulary}/{code}"}
