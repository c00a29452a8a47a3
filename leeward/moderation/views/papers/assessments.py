"""The host's doors to all papers, and to the assessments that follow what is set."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.views.decorators.http import require_safe

from leeward.audience.requests import Request
from leeward.members.doors import host_required
from leeward.moderation.papers.risk import PAPERS, Paper, as_markdown, paper, titles
from leeward.moderation.papers.texts import KEYS, text_to_write


@require_safe
@host_required
def papers(request: Request) -> HttpResponse:
    """Everything that the host keeps in writing."""
    context = {"texts": [text_to_write(key) for key in KEYS], "assessments": titles()}
    return render(request, "moderation/papers/papers.html", context)


@require_safe
@host_required
def assessment(request: Request, slug: str) -> HttpResponse:
    """One assessment, as it stands with the settings of this moment."""
    return render(request, "moderation/papers/assessment.html", {"paper": _made(slug), "today": timezone.localdate()})


@require_safe
@host_required
def assessment_text(request: Request, slug: str) -> HttpResponse:
    """The same as Markdown, to be answered and kept."""
    text = as_markdown(_made(slug), formats.date_format(timezone.localdate(), "j F Y"))
    headers = {"Content-Disposition": f'attachment; filename="{slug}.md"'}
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)


def _made(slug: str) -> Paper:
    if slug not in PAPERS:
        raise Http404
    return paper(slug)
