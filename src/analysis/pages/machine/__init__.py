"""What an edition tells machines: feed readers, search engines, catalogues of open data, programs that unfold links.

The modules in the order of the flow; each imports only those above it::

    places    where things of the edition are, with and without a public address, and names that never change
    coverage  years, places, measures and sources that numbers are about
    linked    JSON-LD of a page: article, data set
    reviews   JSON-LD of findings that contradict
    heading   what stands in the head of a page for programs: canonical address, cards, JSON-LD
    feed      the Atom feed of a language
    record    the DCAT-AP record of the data
    sitemap   the list of pages

All are functions of the edition alone, with the same bytes each time.
"""

from analysis.pages.machine.feed import FEED, feed
from analysis.pages.machine.heading import Heading, heading
from analysis.pages.machine.record import RECORD, record
from analysis.pages.machine.sitemap import SITEMAP, sitemap

__all__ = ["FEED", "RECORD", "SITEMAP", "Heading", "feed", "heading", "record", "sitemap"]
