"""A store that speaks S3: a real server of its own process, which checks every signature."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

KEY, SECRET, BUCKET = "leeward", "a secret for tests/+ of a store", "photos"


@dataclass
class S3Server:
    """A running server.

    Args:
        port: where it listens.
        folder: where it keeps its files.
        process: the server itself.
    """

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def setting(self, *, key: str = KEY, secret: str = SECRET, bucket: str = BUCKET) -> str:
        """What a host writes into LEEWARD_PHOTOS."""
        quoted = secret.replace("/", "%2F").replace("+", "%2B").replace(" ", "%20")
        return f"s3://{key}:{quoted}@127.0.0.1:{self.port}/{bucket}?region=eu-west-2&tls=0"

    def stop(self) -> None:
        """End it, as if the store were gone."""
        self.process.kill()
        self.process.wait()

    def start_again(self) -> None:
        """Start it again, at the same place with the same files."""
        self.process = started(self.folder, self.port)


def started(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """A server that listens."""
    command = [sys.executable, "-m", "nanio", "serve", "--data-dir", str(folder), "--host", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--region", "eu-west-2", "--log-level", "error", "--no-access-log"],
        env=os.environ | {"NANIO_ACCESS_KEY": KEY, "NANIO_SECRET_KEY": SECRET},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    ends = time.monotonic() + 60
    while time.monotonic() < ends and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.05)
    process.kill()
    raise RuntimeError("the store did not start within a minute")


@pytest.fixture
def s3_server(tmp_path: Path) -> Iterator[S3Server]:
    """A store with an empty bucket."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path / "s3"
    folder.mkdir()
    server = S3Server(port, folder, started(folder, port))
    how = Config(s3={"addressing_style": "path"}, signature_version="s3v4")
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="eu-west-2",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        config=how,
    )
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    client.close()
    yield server
    server.stop()
