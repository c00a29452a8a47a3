"""Doors for moderators and the host: what waits, and the log."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from leeward.audience.requests import Request, member_of
from leeward.kit.moments import moment_said
from leeward.members.doors import host_required, moderator_required
from leeward.moderation.actions.keeping import may_go_on
from leeward.moderation.desks import others_at_work, pause_of
from leeward.moderation.papers.log import log_page
from leeward.moderation.queue import PAGE, decided_lately, urgent_texts, waiting_for
from leeward.moderation.showing import kind_in_words


@moderator_required
def queue(request: Request) -> HttpResponse:
    """What waits for a person; while she rests, how much of it is urgent, and that only if she asks for it."""
    moderator = member_of(request)
    pause, lines = pause_of(moderator), waiting_for(moderator)
    urgent = urgent_texts(lines)
    if pause is not None:
        lines = [line for line in lines if line.urgent] if "urgent" in request.GET else []
    context = {
        "waiting": lines[:PAGE],
        "more": len(lines) > PAGE,
        "pause": pause,
        "urgent": urgent,
        "others": pause is not None and urgent > 0 and others_at_work(moderator),
        "lately": [(case, kind_in_words(case)) for case in decided_lately(moderator)],
        "may_go_on": pause is not None and may_go_on(moderator),
    }
    return render(request, "moderation/queue.html", context)


@host_required
def log(request: Request) -> HttpResponse:
    """What was decided here, without persons and without anybody's words."""
    decisions, onward = log_page(moment_said(request.GET.get("before", "")))
    return render(request, "moderation/log.html", {"decisions": decisions, "onward": onward})
