"""Editions: plan, cache, run many, publish, verify."""

from analysis.editions.build import build, steps
from analysis.editions.plan import jobs, notebooks
from analysis.editions.verify import Verification, verify

__all__ = ["Verification", "build", "jobs", "notebooks", "steps", "verify"]
