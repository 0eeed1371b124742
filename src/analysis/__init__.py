"""What public documents say about the cloud, each number traced to the place that states it.

The modules, in the order in which a number passes through them; each imports only modules above it.

errors      every error of ours; its text names the file, the entry, what is wrong, the evidence, the way out
paths       where the folders are
cache       results kept under the fingerprint of all that they were made from
records     a TOML file → frozen dataclasses, or what does not fit
reads       what a run reads of the project, noted for it to be run again when that changes
quantities  the value: unit, bound, printed precision, interval arithmetic
reading     find and read quantities in French and English text
documents   bytes → canonical text, fingerprint, identity cards
claims      the ledger: load, anchor, census, draft
series      official statistics and their refresh
tables      claims and series → tidy tables
words       labels, number and date formats, prose, French and English
checks      relations → findings
review      an article's numbers against the ledger
package     tables and findings → data/processed: CSV, data package; the same as one database
charts      tables → accessible, deterministic SVG
parameters  the typed contract of every notebook
notebooks   run one notebook (papermill), and read out what it publishes
pages       executed notebooks → HTML pages, proof page, index
pdf         executed notebooks → tagged PDF
editions    plan, run what has changed, publish, compare, verify
cli         the command `nuage`
"""
