"""What a page or a mail says: its rows, its words, and English that was left in it."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMessage

ENGLISH = re.compile(
    r"\b(the|and|you|your|password|passwords|sign|login|logout|log|email|e-mail|forgot|remember|please|enter|account|"
    r"user|username|name|this|not|are|with|again|current|new|must|required|field|submit|cancel|continue|confirm|page|"
    r"error|errors|locked|many|attempts|invalid|correct|reset|change|welcome|home|back|address|type|same|each|time|"
    r"inactive|warning|success|close|menu|search|loading)\b",
    re.IGNORECASE,
)
SPOKEN_ATTRIBUTES = re.compile(r'\b(?:placeholder|title|aria-label|alt)="([^"]*)"')
ADDRESS = re.compile(r"https?://\S+")


def names_on(page: Any) -> list[str]:
    """Return the names of the agencies or people in the page's list, in its order."""
    return [str(row.record) for row in page.context["table"].paginated_rows]


def csv_of(reply: Any) -> str:
    """Return the text of a .csv that was handed out."""
    return b"".join(reply.streaming_content).decode("utf-8-sig")


def english_on(page: Any) -> list[str]:
    """Return the English words that a person reads or hears of a page, outside addresses."""
    html = page.content.decode()
    body = html[html.index("<title>") :]
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", body, flags=re.DOTALL)
    spoken = " ".join([re.sub(r"<[^>]+>", " ", text), *SPOKEN_ATTRIBUTES.findall(body)])
    return ENGLISH.findall(ADDRESS.sub(" ", spoken))


def english_among(pages: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return, by the name that the test gives to a page, the English words on those that speak any."""
    return {name: words for name, page in pages.items() if (words := english_on(page))}


def english_in(message: EmailMessage) -> list[str]:
    """Return the English words of a mail, outside addresses."""
    return ENGLISH.findall(ADDRESS.sub(" ", f"{message.subject} {message.body}"))
