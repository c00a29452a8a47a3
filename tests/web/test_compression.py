"""Pages are compressed as browsers ask for it, and their length is not that of their words."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client

from leeward.web.compression import MOST_PADDING, gzipped

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("accepts", ["gzip", "br;q=1.0, gzip;q=0.8, *;q=0.1", "gzip, deflate, br"])
def test_a_page_comes_compressed_and_whole(accepts: str) -> None:
    plain = Client().get("/about/")
    packed = Client().get("/about/", headers={"accept-encoding": accepts})
    assert packed["Content-Encoding"] == "gzip"
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]


@pytest.mark.parametrize("accepts", ["", "br", "identity", "gzip;q=0", "gzip; q=0.000, br"])
def test_who_does_not_take_it_so_gets_it_as_it_is(accepts: str) -> None:
    page = Client().get("/about/", headers={"accept-encoding": accepts})
    assert "Content-Encoding" not in page
    assert "Accept-Encoding" in page["Vary"]
    assert b"</html>" in page.content


def test_the_same_words_have_another_length_each_time() -> None:
    words = b"the same words " * 200
    lengths = {len(gzipped(words)) for _turn in range(200)}
    assert len(lengths) > 40
    assert max(lengths) - min(lengths) <= MOST_PADDING
