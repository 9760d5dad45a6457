"""Places of Viet Nam before and since 01/7/2025, and what a written name of one stands for today."""

from ancam.kit.places.gazetteer import Era, Gazetteer, Level, Place
from ancam.kit.places.resolve import Answer, Reason, Verdict, resolve
from ancam.kit.places.spelling import blind_key

__all__ = ["Answer", "Era", "Gazetteer", "Level", "Place", "Reason", "Verdict", "blind_key", "resolve"]
