"""Whatever is asked, by whoever made it up: no answer breaks, and each is as the API's own description says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from leeward.wsgi import application

EXAMPLES = 20
"""Of each path and mode, the same in each run."""
_FEW = settings(
    max_examples=EXAMPLES,
    suppress_health_check=list(HealthCheck),
)
_CHECKS = {
    # A postcode that nobody knows is refused, and so is a distance without one: no schema can say so.
    "positive_data_acceptance": {"expected-statuses": [200, 404, 422]},
}


@pytest.fixture
def _within_the_test() -> Iterator[None]:
    """Requests go on in the transaction of the test, as those of Django's own client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_within_the_test", "prepared")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_asked_is_answered_as_described(mode: GenerationMode) -> None:
    config = SchemathesisConfig.from_dict({"seed": 2026, "checks": _CHECKS})
    schema = schemathesis.openapi.from_wsgi("/hsds/openapi.json", application, config=config)
    asked: dict[str, int] = {}
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # a path that cannot be read fails here

        @_FEW
        @given(case=operation.as_strategy(generation_mode=mode))
        def answers_as_described(case: Any) -> None:
            response = case.call(headers={"Accept-Encoding": "identity"})
            case.validate_response(response)
            asked[case.path] = asked.get(case.path, 0) + 1

        if mode is GenerationMode.POSITIVE or operation.query:
            answers_as_described()
    assert len(asked) >= 7
    assert sum(asked.values()) > 100
