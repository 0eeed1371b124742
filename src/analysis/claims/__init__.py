"""The ledger: what the documents state, where, held against their texts."""

from analysis.calling import callable_too
from analysis.claims.anchors import faults, fingerprint, fold, locate
from analysis.claims.census import Number, census, census_faults
from analysis.claims.claim import FOLDER, WORDS, Anchor, Claim, Name, Unused
from analysis.claims.drafting import Drafted, draft
from analysis.claims.drafts import Draft
from analysis.claims.ledger import Ledger, load, loaded
from analysis.claims.signing import SignOff, SignOffs, sign_offs

__all__ = [
    "FOLDER",
    "WORDS",
    "Anchor",
    "Claim",
    "Draft",
    "Drafted",
    "Ledger",
    "Name",
    "Number",
    "SignOff",
    "SignOffs",
    "Unused",
    "census",
    "census_faults",
    "draft",
    "faults",
    "fingerprint",
    "fold",
    "load",
    "loaded",
    "locate",
    "sign_offs",
]

callable_too(__name__)
