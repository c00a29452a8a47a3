"""Answers in JSON, as the API gives all of them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

FRESH_FOR = 300
"""Seconds for which anybody may keep an answer. Then it is asked for again, and need not be sent if it is the same."""


def answer(request: HttpRequest, content: Any) -> HttpResponseBase:
    """What was asked for; 304 if whoever asks has it already.

    The tag is made of the content itself. What a tree holds changes with any record within it, so that no date of one
    record could tell; and a count of changes could be read before the change that it counts is there.

    Args:
        request: it may say which answer it has (If-None-Match).
        content: what JSON can hold.
    """
    body = _written(content)
    tag = f'W/"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = tag
    may_be_kept(response)
    found = get_conditional_response(request, etag=tag, response=response)
    assert found is not None
    return found


def refusal(status: int, error: str, parameters: dict[str, str] | None = None) -> HttpResponse:
    """Why there is no answer.

    Args:
        status: of HTTP.
        error: a sentence.
        parameters: what is not as it should be, by the names of parameters.
    """
    content = {"error": error, **({"parameters": parameters} if parameters else {})}
    return HttpResponse(_written(content), content_type="application/json", status=status)


def may_be_kept(response: HttpResponseBase) -> None:
    """Say that caches may keep it, and for how long."""
    response["Cache-Control"] = f"public, max-age={FRESH_FOR}"


def _written(content: Any) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    if ":null" in text:  # HSDS knows no null: a field that says nothing is left out
        text = json.dumps(_without_nulls(content), ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _without_nulls(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: _without_nulls(value) for name, value in content.items() if value is not None}
    return [_without_nulls(value) for value in content] if isinstance(content, list) else content
