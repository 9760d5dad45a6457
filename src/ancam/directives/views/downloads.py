"""Files handed out: always as a download, never shown by the browser as a page of ours."""

from urllib.parse import quote

from django.http import HttpResponse

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def attachment(content: bytes, name: str, media_type: str = "application/octet-stream") -> HttpResponse:
    """Return the bytes as a download of this name."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename=\"file\"; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
