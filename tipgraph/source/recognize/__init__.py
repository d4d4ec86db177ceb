"""Recognize what the items of a table mean, by rules that know no names.

What the rules are unsure of they mark as a doubt instead of guessing.
"""

from tipgraph.source.recognize.rows import Mention, recognize, redraft

__all__ = ["Mention", "recognize", "redraft"]
