"""Prepared photos in a store that speaks S3. Only this module knows its library."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from leeward.photos.stores.address import S3Address
from leeward.photos.stores.store import Kept, StoreUnreachable

AT_ONCE = 1000
"""So many files are deleted with one request at most: the limit of S3."""
_NOT_THERE = {"NoSuchKey", "404"}
_HOW = Config(
    connect_timeout=3,
    read_timeout=15,
    retries={"mode": "standard", "total_max_attempts": 2},
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    # Newer sums in trailers are refused by many stores that are not Amazon's.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class S3Store:
    """One bucket, with nothing but photos in it. No object of it is public, and no address of it is given to a browser.

    Args:
        client: of boto3.
        bucket: its name.
    """

    def __init__(self, client: Any, bucket: str) -> None:
        self.client, self.bucket = client, bucket

    @classmethod
    def at(cls, address: S3Address) -> S3Store:
        """The store at an address."""
        client = boto3.client(
            "s3",
            endpoint_url=address.endpoint,
            region_name=address.region,
            aws_access_key_id=address.key,
            aws_secret_access_key=address.secret,
            config=_HOW,
        )
        return cls(client, address.bucket)

    def put(self, key: str, content: bytes) -> None:
        """Keep a file. S3 shows it whole, or not at all."""
        with _said_plainly():
            self.client.put_object(Bucket=self.bucket, Key=key, Body=content, ContentType="image/jpeg", ACL="private")

    def open(self, key: str) -> IO[bytes]:
        """A file. It is read to its end first (a size of a photo is small), so that none is served in part."""
        with _said_plainly():
            return io.BytesIO(self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read())

    def delete(self, keys: Iterable[str]) -> None:
        """Delete files; those that are not there are passed over."""
        left = iter(keys)
        while some := [{"Key": key} for key in islice(left, AT_ONCE)]:
            with _said_plainly():
                said = self.client.delete_objects(Bucket=self.bucket, Delete={"Objects": some, "Quiet": True})
            if said.get("Errors"):
                raise StoreUnreachable(f"The store kept {len(said['Errors'])} files that were to be deleted.")

    def listing(self) -> Iterator[Kept]:
        """Every file of the bucket."""
        with _said_plainly():
            for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket):
                for each in page.get("Contents", ()):
                    yield Kept(each["Key"], int(each["LastModified"].timestamp() * 1_000_000))


@contextmanager
def _said_plainly() -> Iterator[None]:
    """What goes wrong, in our two words: not there, and unreachable. The library's own may hold addresses and keys."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _NOT_THERE:
            raise FileNotFoundError(code) from None
        raise StoreUnreachable(f"The store of photos refuses: {code}") from None
    except BotoCoreError as error:
        raise StoreUnreachable(f"The store of photos does not answer: {type(error).__name__}") from None
