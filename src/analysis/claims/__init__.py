"""The ledger: what the documents state, where, held against their texts."""

from analysis.claims.anchors import faults, fingerprint, fold, locate
from analysis.claims.claim import Anchor, Claim
from analysis.claims.ledger import FOLDER, Ledger, load

__all__ = ["FOLDER", "Anchor", "Claim", "Ledger", "faults", "fingerprint", "fold", "load", "locate"]
