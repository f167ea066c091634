"""Where papers are kept: a folder of this computer, or a bucket by its address."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = {"s3": "https", "s3+http": "http"}


def evidence_storage(url: str, folder: Path) -> dict[str, Any]:
    """The STORAGES entry; what is stored is encrypted before it gets there."""
    if not url:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": str(folder),
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _bucket(url)}


def _bucket(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    bucket, _, prefix = parts.path.strip("/").partition("/")
    if parts.scheme not in SCHEMES or not parts.hostname or not bucket:
        raise ImproperlyConfigured(
            "ASHORE_EVIDENCE_URL must look like s3://key:secret@host/bucket, or be "
            "left out."
        )
    host = parts.hostname + (f":{parts.port}" if parts.port else "")
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "bucket_name": bucket,
        "location": prefix,
        "endpoint_url": f"{SCHEMES[parts.scheme]}://{host}",
        "region_name": asked.get("region"),
        "addressing_style": asked.get("style", "auto"),
        "default_acl": None,
        "file_overwrite": False,
    }


def s3_is_installed() -> bool:
    return find_spec("storages") is not None and find_spec("boto3") is not None
