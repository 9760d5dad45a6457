"""How far the reading of a file is, told to whoever waits for it."""

from collections.abc import Callable
from typing import Literal

Step = Literal["convert", "recognise", "read"]
"""What takes the time: another program opens an old Word file, pages are recognised, words are read into duties."""

Progress = Callable[[Step, int, int], None]
"""Called with the step, how many of its pages are done, and how many there are: 0 when that is not known.

The pages of `read` are told once, when it begins. What is raised ends the reading.
"""


def tell_nobody(_step: Step, _done: int, _pages: int) -> None:
    """Do nothing: nobody waits."""
