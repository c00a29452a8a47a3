"""What is fetched over TLS, and from whom it is not."""

from __future__ import annotations

import datetime
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from leeward.library.fetching import JSON, Fetched, FetchRefused, fetch
from tests.library.answering import answering, elsewhere, here_too, well


def certificate(folder: Path, host: str, days: int = 2) -> Path:
    """A certificate that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=30))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


def served_with(path: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def get(url: str, seconds: float = 30) -> Fetched:
    return fetch(url, most_bytes=1000, accepts=JSON, may_reach=here_too, seconds=seconds)


def test_a_server_that_shows_who_it_is_is_asked(tmp_path, monkeypatch):
    path = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with answering(lambda _target, _headers: [well(b"{}")], served_with(path)) as server:
        assert get(server.address).body == b"{}"
        assert server.asked[0][1]["host"] == server.address.removeprefix("https://")


def test_a_server_that_nobody_vouches_for_is_told_nothing(tmp_path):
    path = certificate(tmp_path, "localhost")
    with answering(lambda _target, _headers: [well(b"{}")], served_with(path)) as server:
        with pytest.raises(FetchRefused, match="certificate is not sound"):
            get(server.address + "/secret")
        assert not server.asked


@pytest.mark.parametrize(("host", "days"), [("other.example", 2), ("localhost", -1)])
def test_a_certificate_of_another_host_or_of_yesterday_is_not_sound(tmp_path, monkeypatch, host, days):
    path = certificate(tmp_path, host, days)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    trouble = pytest.raises(FetchRefused, match="certificate is not sound")
    with answering(lambda _target, _headers: [well(b"{}")], served_with(path)) as server, trouble:
        get(server.address)


def test_a_server_that_knows_no_tls_is_refused_in_words():
    trouble = pytest.raises(FetchRefused, match=r"did not hold|too slow")  # It may wait for a line that never ends.
    with answering(lambda _target, _headers: [well(b"{}")]) as server, trouble:
        get(server.address.replace("http://", "https://"), seconds=1)


def test_a_redirect_to_a_server_that_nobody_vouches_for_ends_there(tmp_path):
    path = certificate(tmp_path, "localhost")
    with (
        answering(lambda _target, _headers: [well(b"{}")], served_with(path)) as inner,
        answering(lambda _target, _headers: [elsewhere(inner.address)]) as outer,
        pytest.raises(FetchRefused, match="certificate is not sound"),
    ):
        get(outer.address)
