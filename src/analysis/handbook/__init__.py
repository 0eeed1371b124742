"""The documentation: reference pages generated from the code, and all pages as a small static site.

The modules in the order of the flow; each imports only those above it::

    markup     Markdown as the generated pages write it
    commands   the commands and their options, as the parser has them
    codes      what codes mean: verdicts, grades, slips, rules, kinds, and all that the lexicon names
    told       parameters, tables, the environment
    interface  what `analysis` offers by name, with signatures and docstrings
    reference  the generated pages: written, or held against those that are there
    contents   the map of the documentation in each language: which pages there are, of which kind, in which order
    markdown   a page's Markdown → HTML
    site       all pages → a folder of HTML
"""

from analysis.handbook.contents import MAPS, Kind, Page, contents
from analysis.handbook.reference import FOLDER, reference, stale, write
from analysis.handbook.site import publish, site

__all__ = ["FOLDER", "MAPS", "Kind", "Page", "contents", "publish", "reference", "site", "stale", "write"]
