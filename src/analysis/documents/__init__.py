"""The documents: bytes → canonical text, identity cards, recognition by fingerprint, passages.

The modules in the order of the flow::

    canonical   the text that offsets count in, and the way back into the file
    formats     the bytes of a text, HTML or PDF file → its canonical text, or why there is none
    html_text   HTML → text
    pdf_text    PDF → text, page by page
    cards       the identity card of each document
    shelf       which files are documents of ours
"""

from analysis.calling import callable_too
from analysis.documents.canonical import canonical, line_of, lines, source_offset, source_offsets
from analysis.documents.cards import FOLDER, Document, cards
from analysis.documents.formats import LARGEST, Text, contents, extract, refuse_missing
from analysis.documents.shelf import Shelf, add, folder, recognise, shelf

__all__ = [
    "FOLDER",
    "LARGEST",
    "Document",
    "Shelf",
    "Text",
    "add",
    "canonical",
    "cards",
    "contents",
    "extract",
    "folder",
    "line_of",
    "lines",
    "recognise",
    "refuse_missing",
    "shelf",
    "source_offset",
    "source_offsets",
]

callable_too(__name__)
