"""Fills Misago's tables with the same crowd: one thread as long as our great story, two beside it, and all others.

Runs in Misago's environment. What would cost it time and is not measured is left away: no post stands in its index of
words, nobody has unread posts, and no reader has more than one role.
"""

# Its packages are not in our environment.
# mypy: ignore-errors

from __future__ import annotations

import datetime
import json
import os
import random
import sys
from pathlib import Path

import django

SEED = 20261121
FILLED = "filled.json"


def main() -> int:
    """Fill what is not filled yet, and write down the pages and sessions of readers."""
    size, data = json.loads(sys.argv[1]), Path(sys.argv[2])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.misago.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # after Django

    filled = data / FILLED
    if not filled.exists() or json.loads(filled.read_text()) != size:
        filled.unlink(missing_ok=True)
        _clear()
        call_command("migrate", verbosity=0)
        _fill(size)
        filled.write_text(json.dumps(size))
    (data / "readers.json").write_text(json.dumps(_scene(size), indent=1))
    return 0


def _clear() -> None:
    """Take away what another run, or one that ended half-way, left here."""
    from django.db import connection  # noqa: PLC0415  # after Django

    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _fill(size) -> None:
    from django.db import connection  # noqa: PLC0415  # after Django
    from misago.categories.models import Category  # noqa: PLC0415  # the same
    from misago.users.models import User  # noqa: PLC0415  # the same

    from benchmarks.rows import store_all  # noqa: PLC0415  # the same

    like = User.objects.create_user("Like", "like@example.org", "its own words")
    like.refresh_from_db()
    category = Category.objects.get(slug="first-category")
    store_all(_Crowd(size, like, category).tables())
    with connection.cursor() as cursor:
        cursor.execute(_ENDS)
        cursor.execute("ANALYZE")
    category.synchronize()
    category.save()


_ENDS = """UPDATE misago_threads_thread SET first_post_id = ends.first, last_post_id = ends.last,
    last_poster_id = poster_id, last_poster_name = poster_name, last_poster_slug = poster_name, last_post_on = posted_on
    FROM (SELECT thread_id, min(id) AS first, max(id) AS last FROM misago_threads_post GROUP BY thread_id) AS ends
    JOIN misago_threads_post ON misago_threads_post.id = ends.last WHERE misago_threads_thread.id = ends.thread_id"""
"""What each thread knows of its first and last post."""


class _Crowd:
    """All rows. Users have the rank, the role and the key of the one whom Misago made itself."""

    def __init__(self, size, like, category) -> None:
        from benchmarks.invented import Words  # noqa: PLC0415  # after Django

        self.size, self.like, self.category, self.chance = size, like, category, random.Random(SEED)
        self.words = Words(self.chance)
        self.began = datetime.datetime(2024, 11, 14, tzinfo=datetime.UTC)
        self.users = range(like.pk + 1, like.pk + 1 + size["members"])

    def tables(self):
        from misago.threads.models import Post, PostLike, Thread  # noqa: PLC0415  # after Django
        from misago.users.models import Online, User  # noqa: PLC0415  # the same

        from benchmarks.rows import Table  # noqa: PLC0415  # the same

        size, users = self.size, len(self.users)
        fields = ("id", "username", "slug", "email", "email_hash", "password", "rank_id", "acl_key")
        fields += ("joined_on", "profile_fields", "agreements", "avatars", "plugin_data")
        yield Table(User, fields, self._users(), users)
        role = self.like.roles.get().pk
        yield Table(User.roles.through, ("user_id", "role_id"), ((user, role) for user in self.users), users)
        yield Table(Online, ("user_id", "last_click"), ((user, self.began) for user in self.users), users)
        fields = ("id", "category_id", "title", "slug", "replies", "started_on", "last_post_on")
        fields += ("starter_id", "starter_name", "starter_slug", "plugin_data")
        yield Table(Thread, fields, self._threads(), size["stories"])
        posts = size["stories"] * (1 + size["answers_each"]) + sum(size["lengths"])
        fields = ("id", "category_id", "thread_id", "poster_id", "poster_name", "original", "parsed", "checksum")
        fields += ("posted_on", "updated_on", "hidden_on", "likes", "last_likes", "search_vector", "plugin_data")
        yield Table(Post, fields, self._posts(), posts)
        fields = ("category_id", "thread_id", "post_id", "liker_id", "liker_name", "liker_slug", "liked_on")
        yield Table(PostLike, fields, self._likes(), sum(self._liked()))

    def _users(self):
        avatars = json.dumps([{"size": size, "url": "/blank.png"} for size in (400, 200, 100)])
        for user in self.users:
            row = (user, f"Member{user}", f"member{user}", f"{user}@example.org", f"{user:032x}", "!")
            yield *row, self.like.rank_id, self.like.acl_key, self.began, "", "{}", avatars, "{}"

    def _threads(self):
        for thread in range(1, self.size["stories"] + 1):
            by, name, at = self._somebody(), f"Thread {thread}", self.began + datetime.timedelta(minutes=thread)
            replies = self._length(thread)
            row = (thread, self.category.pk, name, name.lower().replace(" ", "-"), replies, at, at)
            yield *row, by, f"Member{by}", f"member{by}", "{}"

    def _posts(self):
        """In the order in which they came, all threads mixed, after the first of each."""
        from misago.threads.checksums import make_post_checksum  # noqa: PLC0415  # after Django
        from misago.threads.models import Post  # noqa: PLC0415  # the same

        stories, liked = self.size["stories"], self._liked()
        under = [thread for thread in range(1, stories + 1) for _each in range(self._length(thread))]
        self.chance.shuffle(under)
        for key, thread in enumerate([*range(1, stories + 1), *under], 1):
            by, at = self._somebody(thread if key > stories else 0), self.began + datetime.timedelta(seconds=key)
            text = self.words.text(300, 6_000) if key <= stories else self.words.text(120, 700)
            parsed = f"<p>{text}</p>"
            checksum = make_post_checksum(Post(id=key, posted_on=at, parsed=parsed))
            likes = liked[key - 1] if key <= len(liked) else 0
            last = json.dumps([{"id": user, "username": f"Member{user}"} for user in self.users[: min(likes, 4)]])
            row = (key, self.category.pk, thread, by, f"Member{by}", text, parsed, checksum, at, at, at)
            yield *row, likes, last, "", "{}"

    def _likes(self):
        """Each first post of the long threads is liked by as many as there are users at most: once each."""
        for post, many in enumerate(self._liked(), 1):
            for user in self.users[:many]:
                yield self.category.pk, post, post, user, f"Member{user}", f"member{user}", self.began

    def _liked(self):
        return [min(many, len(self.users)) for many in self.size["words"]]

    def _length(self, thread):
        lengths = self.size["lengths"]
        return lengths[thread - 1] if thread <= len(lengths) else self.size["answers_each"]

    def _somebody(self, thread=0):
        among = self.size["writers"] if 0 < thread <= len(self.size["lengths"]) else len(self.users)
        return self.users[self.chance.randrange(among)]


def _scene(size):
    """Pages and sessions."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415  # after Django
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415  # the same
    from misago.users.models import User  # noqa: PLC0415  # the same

    _like_again(size)
    readers = []
    for user in User.objects.filter(username__startswith="Member").order_by("pk")[: size["readers"]]:
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "misago.users.authbackends.MisagoBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        readers.append(session.session_key)
    threads = range(1, len(size["lengths"]) + 1)
    stories = [f"/t/thread-{thread}/{thread}/" for thread in threads]
    others = [str(thread) for thread in range(len(size["lengths"]) + 1, len(size["lengths"]) + 1 + size["readers"])]
    pages = [_pages(path, length) for path, length in zip(stories, size["lengths"], strict=True)]
    return {"stories": stories, "lengths": size["lengths"], "pages": pages, "readers": readers, "others": others}


def _like_again(size):
    """An earlier run may have left some who took their like of the great thread back, and a count that is not so."""
    from misago.threads.models import Post, PostLike  # noqa: PLC0415  # after Django
    from misago.users.models import User  # noqa: PLC0415  # the same

    post = Post.objects.get(pk=2)
    liked = PostLike.objects.filter(post=post)
    users = User.objects.filter(username__startswith="Member").order_by("pk")[: size["readers"]]
    missing = [user for user in users if not liked.filter(liker=user).exists()]
    rows = {"category_id": post.category_id, "thread_id": post.thread_id, "post": post}
    PostLike.objects.bulk_create(
        PostLike(liker=user, liker_name=user.username, liker_slug=user.slug, **rows) for user in missing
    )
    Post.objects.filter(pk=2).update(likes=liked.count())


def _pages(path, length):
    """Addresses by number, as Misago turns pages; its settings are as they come."""
    posts, orphans = 18, 6
    last = max(1, -(-(length + 1 - 1 - orphans) // (posts - 1)))  # a page's last post begins the next one
    return {"first page": path, "middle page": f"{path}{last // 2}/", "last page": f"{path}{last}/"}


if __name__ == "__main__":
    sys.exit(main())
