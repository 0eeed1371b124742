"""The contract of the notebooks' parameters."""

from __future__ import annotations

import pytest

from analysis import editions, parameters, paths
from analysis.errors import UsageError


def test_defaults_hold_where_nothing_is_given() -> None:
    assert parameters.check("adoption", {}) == {"language": "fr", "countries": ("DE", "FI", "EU27")}


@pytest.mark.parametrize(
    ("notebook", "given", "told"),
    [
        ("adoption", {"countrys": "DE"}, 'did you mean "countries"'),
        ("adoption", {"countries": "DE,XX"}, 'countries cannot be "XX"'),
        ("adoption", {"countries": "DE,DE"}, "twice"),
        ("adoption", {"countries": ""}, 'countries cannot be ""'),
        ("adoption", {"language": "de"}, "choose one of fr, en"),
        ("funding", {"countries": "DE"}, 'no parameter "countries"'),
        ("adopton", {}, 'did you mean "adoption"'),
    ],
)
def test_a_wrong_parameter_is_refused_with_the_way_out(notebook: str, given: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError) as caught:
        parameters.check(notebook, given)
    assert told in str(caught.value)


def test_every_notebook_has_a_contract_and_every_contract_a_notebook() -> None:
    stems = [stem for _, stem, _ in editions.notebooks(paths.project())]
    assert stems == list(parameters.CONTRACTS)
