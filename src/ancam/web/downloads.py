"""Files handed out: always as a download, never shown by the browser as a page of ours."""

from django.http import HttpResponse
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
