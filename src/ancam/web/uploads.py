"""What a browser sends waits in the holding folder, outside the store, until a room has read it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from ancam.kit.bounds import TooLarge
from ancam.web import clock

ABANDONED_AFTER = timedelta(hours=1)


class HoldingUploadHandler(TemporaryFileUploadHandler):
    """Write an upload to the holding folder (0700) and stop it at the limit.

    The file is unlinked when the request ends. What stopped is kept on the request for `upload_refusal`.
    """

    received_bytes = 0

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        # The sender's own name has no part in a path of ours: its ending alone may be longer than a path may be.
        super().new_file(field_name, "upload", *args, **kwargs)
        self.file_name = self.file.name = file_name

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received_bytes += len(raw_data)
        if self.received_bytes > settings.MAX_UPLOAD_BYTES:
            assert self.request is not None  # noqa: S101 - Django sets it before the first chunk
            self.request.META["ancam.upload_refusal"] = TooLarge(limit_bytes=settings.MAX_UPLOAD_BYTES)
            # The rest is read and dropped: a browser cut off in mid-sending would show no answer at all.
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)


def upload_refusal(request: HttpRequest) -> TooLarge | None:
    """Return why the upload was stopped while it arrived, or None."""
    return request.META.get("ancam.upload_refusal")


def uploaded_bytes(upload: "UploadedFile[bytes]") -> bytes:
    """Return the upload whole; it is at most `MAX_UPLOAD_BYTES`, which the handler has seen to."""
    upload.seek(0)
    return bytes(upload.read())


def sweep_holding() -> int:
    """Unlink uploads that a killed process left behind an hour ago or earlier; return how many."""
    return _sweep_older_than(clock.now() - ABANDONED_AFTER)


def _sweep_older_than(limit: datetime) -> int:
    folder = Path(settings.HOLDING_FOLDER)
    stale = [path for path in folder.glob("*") if path.is_file() and path.stat().st_mtime < limit.timestamp()]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)
