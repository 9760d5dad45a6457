"""Files handed out: always as a download, never shown by the browser as a page of ours."""

from typing import IO

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(content: bytes, name: str, media_type: str = "application/octet-stream") -> HttpResponse:
    """Return the bytes as a download of this name, which may hold any letter."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)


def stream_download(file: IO[bytes], name: str, media_type: str) -> FileResponse:
    """Return an open file as a download of this name; it is closed once it was sent."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private"
    return response
