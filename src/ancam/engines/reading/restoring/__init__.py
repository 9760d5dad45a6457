"""A letter spoilt by recognition or without diacritics → the words it meant, aligned with those that stand there."""
