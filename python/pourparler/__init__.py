"""Who said what, for whom, on which issue, when, and through whom: statements of articles, with the words that show them.

>>> import pourparler
>>> article = pourparler.read(
...     '"We will not sign," Foreign Minister Ada Vell of Orlu told Radio Tolm on Monday.', published="2031-03-05"
... )
>>> [(s.speaker.name, s.content) for s in article.statements]
[('Ada Vell', '"We will not sign,"')]

Nothing is downloaded: the model is in the package. A :class:`Reader` holds it with a dossier of your own talks; a
:class:`Ledger` is what ``pourparler add`` keeps. Offsets are those of Python's strings: ``article.text[start:end]``.
"""

from __future__ import annotations

import functools
from datetime import date
from typing import Union

from . import _native
from ._native import Batch, PourparlerError
from .reading import Ledger, Reader
from .record import Article, DateRange, Entry, Position, Round, Speaker, Statement

__all__ = [
    "Article",
    "Batch",
    "DateRange",
    "Entry",
    "Ledger",
    "Position",
    "PourparlerError",
    "Reader",
    "Round",
    "Speaker",
    "Statement",
    "read",
]

__version__: str = _native.__version__


@functools.lru_cache(maxsize=1)
def _reader() -> Reader:
    """The reader of :func:`read`, loaded at its first call."""
    return Reader()


def read(text: str, *, published: Union[date, str, None] = None, **particulars: Union[str, None]) -> Article:
    """The statements of one article, by the general dossier.

    ``published`` is the day from which *on Monday* is counted: a date or ``"2031-03-05"``. ``particulars`` are ``id``, ``title``,
    ``outlet``, ``byline``, ``url`` and ``language``. For a dossier of your own, or many articles, make a :class:`Reader`.

    >>> read("It rained.").statements
    []
    """
    return _reader().read(text, published=published, **particulars)
