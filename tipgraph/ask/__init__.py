"""Stored questions: names, arguments, answers, and what an answer rests on."""
