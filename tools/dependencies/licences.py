"""Licence expressions (SPDX) beside a list of licences that are allowed."""

from __future__ import annotations

import re


class NoExpression(ValueError):
    """What is no licence expression."""


def allowed(expression: str, licences: set[str]) -> bool:
    """Whether one of an expression's choices has only licences of the list.

    A slash, as old crates have it, is an OR. An exception (`WITH`) has to be on the list together with its licence.
    """
    words = re.findall(r"\(|\)|/|[^\s()/]+", expression)
    holds, rest = _either(words, licences)
    if rest:
        raise NoExpression(expression)
    return holds


def plain(expression: str) -> str:
    """The expression with OR for each slash."""
    return re.sub(r"\s*/\s*", " OR ", expression)


def _either(words: list[str], licences: set[str]) -> tuple[bool, list[str]]:
    holds, words = _both(words, licences)
    while words and words[0] in ("OR", "/"):
        other, words = _both(words[1:], licences)
        holds = holds or other
    return holds, words


def _both(words: list[str], licences: set[str]) -> tuple[bool, list[str]]:
    holds, words = _one(words, licences)
    while words and words[0] == "AND":
        other, words = _one(words[1:], licences)
        holds = holds and other
    return holds, words


def _one(words: list[str], licences: set[str]) -> tuple[bool, list[str]]:
    if not words or words[0] in (")", "OR", "AND", "WITH", "/"):
        raise NoExpression(" ".join(words))
    if words[0] == "(":
        holds, words = _either(words[1:], licences)
        if not words or words[0] != ")":
            raise NoExpression("a bracket is not closed")
        return holds, words[1:]
    name, words = words[0], words[1:]
    if words and words[0] == "WITH":
        if len(words) < 2:
            raise NoExpression("an exception without a name")
        name, words = f"{name} WITH {words[1]}", words[2:]
    return name in licences, words
