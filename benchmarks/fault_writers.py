"""Those who write while the server is killed: each remembers what was acknowledged, and sends again what was not."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode

from benchmarks.asking import TOKEN
from benchmarks.great_places import WORDS
from benchmarks.invented import Words
from benchmarks.quick_line import Ended, QuickLine, Said

PAUSE = 0.3
"""Seconds before somebody sends again what was not acknowledged."""
PASSAGE = "what is quoted stands here"


@dataclass
class Deed:
    """Something that one writer did.

    Args:
        kind: "say", "unsay", "answer", "quote", "take answer back", "take story back".
        story: the name (ref) of the story that it is about.
        what: the word, the answer's text, or nothing.
        became: "acknowledged", or "refused": what it was for is gone, or she may not.
        tries: how often it was sent.
    """

    kind: str
    story: str
    what: str = ""
    became: str = ""
    tries: int = 0


@dataclass
class Scene:
    """What all writers know.

    Args:
        port: where the place is.
        great: the name of the great story.
        stories: the stories of each writer.
        sessions: their session cookies.
        ref_of: asks the database for the name of an answer by its writer's place and text.
    """

    port: int
    great: str
    stories: list[list[str]]
    sessions: list[str]
    ref_of: Callable[[int, str], str]
    over: threading.Event = field(default_factory=threading.Event)
    acknowledged: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Writer(threading.Thread):
    """One client. It ends when the scene is over and its last deed was acknowledged or refused."""

    def __init__(self, scene: Scene, place: int) -> None:
        super().__init__(name=f"writer {place}", daemon=True)  # whose server never comes back must not go on for ever
        self.scene, self.place, self.chance = scene, place, random.Random(place)
        self.words = Words(self.chance)
        self.line = QuickLine(scene.port)
        self.deeds: list[Deed] = []
        self.unexpected: list[str] = []
        self.left = list(scene.stories[place])

    def run(self) -> None:
        """Write until it is over."""
        while not self.scene.over.is_set():
            deed = self._next()
            self.deeds.append(deed)
            self._do(deed)

    def told(self) -> list[dict[str, Any]]:
        """What she remembers."""
        return [asdict(deed) for deed in self.deeds]

    def _next(self) -> Deed:
        turn, story = self.chance.random(), self._somebodys()
        mine = [deed for deed in self.deeds if deed.kind in {"answer", "quote"} and deed.became == "acknowledged"]
        gone = {deed.what for deed in self.deeds if deed.kind == "take answer back"}
        there = [deed for deed in mine if deed.what not in gone]
        if turn < 0.15 and there:
            last = self.chance.choice(there)
            return Deed("take answer back", last.story, last.what)
        if turn < 0.17 and len(self.left) > 1:
            return Deed("take story back", self.left.pop())
        if turn < 0.5:
            quoted = story != self.scene.great and turn < 0.25
            text = f"{'q' if quoted else 'a'}{self.place}x{len(self.deeds)} {self.words.text(80, 300).strip()}"
            return Deed("quote" if quoted else "answer", story, text)
        return Deed("say" if turn < 0.85 else "unsay", story, self.chance.choice(WORDS))

    def _somebodys(self) -> str:
        """The great story, or one of another writer, which may be gone by then."""
        if self.chance.random() < 0.3:
            return self.scene.great
        other = self.chance.choice([at for at in range(len(self.scene.stories)) if at != self.place])
        return self.chance.choice(self.scene.stories[other])

    def _do(self, deed: Deed) -> None:
        while not deed.became:
            deed.tries += 1
            try:
                came = self._send(deed)
            except Ended:
                self.scene.over.wait(PAUSE)
                continue
            deed.became = self._became(deed, came)
            if deed.became == "acknowledged":
                with self.scene.lock:
                    self.scene.acknowledged += 1
            elif not deed.became:
                self.scene.over.wait(PAUSE)

    def _became(self, deed: Deed, came: Said) -> str:
        """What an answer of the server means; empty: it is to be sent again."""
        if came.status == 302:
            return "acknowledged"
        if came.status >= 500:
            return ""
        if came.status == 404:  # gone: by another's hand, or by her own deed that was not acknowledged
            return "acknowledged" if deed.kind.startswith("take") and deed.tries > 1 else "refused"
        self.unexpected.append(f"{deed.kind}: {came.status}")
        return "refused"

    def _send(self, deed: Deed) -> Said:
        if deed.kind in {"say", "unsay"}:
            return self._post(f"/stories/{deed.story}/word/", {deed.kind: deed.what})
        if deed.kind == "answer":
            return self._post(f"/stories/{deed.story}/answer/", {"text": deed.what, "as_it_is": "1"})
        if deed.kind == "quote":
            said = {"text": deed.what, "passage": PASSAGE, "as_it_is": "1"}
            return self._post(f"/quote/stories.story/{deed.story}/", said)
        if deed.kind == "take story back":
            return self._post(f"/stories/{deed.story}/take-back/", {"answers": "go"})
        return self._post(f"/answers/{self.scene.ref_of(self.place, deed.what) or 'gone'}/take-back/", {})

    def _post(self, path: str, fields: dict[str, str]) -> Said:
        session = self.scene.sessions[self.place]
        lines = f"Cookie: s={session}; c={TOKEN}\r\nX-Forwarded-Proto: https\r\n"
        lines += f"Origin: https://localhost:{self.scene.port}\r\n"
        lines += "Content-Type: application/x-www-form-urlencoded\r\n"
        return self.line.ask("POST", path, lines, urlencode({**fields, "csrfmiddlewaretoken": TOKEN}))
