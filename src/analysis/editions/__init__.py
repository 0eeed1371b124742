"""Editions: plan, cache, run many, publish, verify."""

from analysis.editions.build import Built, build, steps
from analysis.editions.plan import jobs, notebooks
from analysis.editions.steps import Step
from analysis.editions.verify import Verification, verify

__all__ = ["Built", "Step", "Verification", "build", "jobs", "notebooks", "steps", "verify"]
