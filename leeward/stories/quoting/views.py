"""Quote a passage of what one answers: choose it, then answer."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render

from leeward.audience.requests import Request, member_of
from leeward.audience.rows import tellers_of
from leeward.members.doors import member_required
from leeward.members.unsent import keeps_unsent
from leeward.stories.actions.answering import may_answer
from leeward.stories.models import Story
from leeward.stories.own_terms import own_terms
from leeward.stories.quoting.actions import CannotBeQuoted, answer_quoting
from leeward.stories.quoting.forms import QuoteForm
from leeward.stories.quoting.passages import passages_of
from leeward.stories.quoting.sources import FIELD_OF, Source, part_of, quotable_to
from leeward.stories.views.answering import send_answer

_DIGITS = 6
"""More has no number of a passage; Python refuses to read some thousands."""


@member_required
@keeps_unsent
def quote(request: Request, kind: str, ref: str) -> HttpResponse:
    """Choose a passage of a story, a chapter or an answer, and answer with it above one's words."""
    source = _source(request, kind, ref)
    passages = passages_of(source.text)
    if request.method == "POST":
        form = QuoteForm(request.POST, source=source)
        if not form.is_valid():
            return _form_page(request, source, form, status=422)
        again = partial(_form_page, request, source, form)
        write = partial(answer_quoting, source, form.cleaned_data["passage"])
        try:
            return send_answer(request, part_of(source), form, write=write, again=again)
        except CannotBeQuoted as refusal:
            form.add_error("passage", str(refusal))
            return again(status=422)
    chosen = request.GET.get("passage", "0" if len(passages) == 1 else "")
    if not chosen.isdecimal() or len(chosen) > _DIGITS or int(chosen) >= len(passages):
        return render(request, "stories/choose_passage.html", {"source": source, "passages": passages})
    return _form_page(request, source, QuoteForm(source=source, initial={"passage": passages[int(chosen)]}))


def _source(request: Request, kind: str, ref: str) -> Source:
    """What she may quote and answer; else the same 404 as for none."""
    model = next((model for model in FIELD_OF if model._meta.label_lower == kind), None)
    if model is None or not ref.isalnum():
        raise Http404
    seen = quotable_to(model, request.viewer).filter(ref=ref).select_related(*tellers_of(model), *model.inside)
    source: Source | None = seen.first()
    if source is None or not source.text.strip() or not may_answer(part_of(source), member_of(request)):
        raise Http404
    return source


def _form_page(request: Request, source: Source, form: QuoteForm, status: int = 200) -> HttpResponse:
    story: Story = source if isinstance(source, Story) else source.story
    member = member_of(request)
    page = {
        "form": form,
        "source": source,
        "story": story,
        "mine": story.author_id == member.pk,
        "terms": own_terms(story, member),
        "choice": len(passages_of(source.text)) > 1,
    }
    return render(request, "stories/quote.html", page, status=status)
