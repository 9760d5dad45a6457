"""What the templates of every room need to be written once."""

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_block_tag
def trimmed(content: str) -> SafeString:
    """Return what stands between without the space around it; `{% trimmed as name %}` keeps it for use further down."""
    return mark_safe(content.strip())  # noqa: S308 - the template has escaped it
