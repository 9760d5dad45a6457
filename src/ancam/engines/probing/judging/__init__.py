"""What a device answered, and who it is → what each check says of it; what several devices say together."""

from ancam.engines.probing.judging.registry import Judgement, judge

__all__ = ["Judgement", "judge"]
