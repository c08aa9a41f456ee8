"""Readers and ledgers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Optional, Union

from . import _native
from .record import Article, Entry, article_of, entry_of

Day = Union[date, str, None]
Given = Union[str, Mapping[str, Any]]
"""An article: its text, or a mapping with ``text`` and any of ``id``, ``title``, ``outlet``, ``byline``, ``published``, ``url`` and
``language``. A day that cannot be read is told in ``problems``."""

_PARTICULARS = ("id", "title", "outlet", "byline", "url", "language")


def _day(day: Day) -> Optional[str]:
    return day.isoformat() if isinstance(day, date) else day


def _object(given: Given) -> bytes:
    """An article as the object that every form of input comes down to."""
    article: dict[str, Any] = {"text": given} if isinstance(given, str) else {k: v for k, v in given.items() if v is not None}
    unknown = article.keys() - {"text", "published", *_PARTICULARS}
    if unknown:
        raise TypeError(f"an article has no {', '.join(sorted(unknown))}; it has text, published, {', '.join(_PARTICULARS)}")
    text = article.get("text")
    if not isinstance(text, str):
        raise TypeError(f"the text of an article is a str, not {type(text).__name__}")
    if "published" in article:
        article["published"] = _day(article["published"])
    # What is no text, such as half of a surrogate pair, is refused here and not silently changed.
    return json.dumps(article, ensure_ascii=False).encode()


class Reader:
    """Reads articles: the model inside the package, with a dossier.

    Made once and used often: loading takes a moment. It can be shared between threads, and lets others run while it reads.

    >>> reader = Reader()
    >>> [a.statements[0].speaker.party for a in reader.read_many(["France said it agreed.", "Chile said it did not."])]
    ['France', 'Chile']
    """

    def __init__(
        self,
        dossier: Union[str, os.PathLike[str], None] = None,
        *,
        model: str = "accurate",
        min_score: Optional[float] = None,
        jobs: int = 0,
    ) -> None:
        """``dossier`` is a file that says what the talks are about, or ``trade``, ``climate`` or ``labour``; ``model`` is
        ``accurate`` or ``fast``; statements less likely to be right than ``min_score`` are left out; ``jobs`` articles are worked
        on at the same time, 0 for one for each core."""
        self._native = _native.Reader(dossier, model, min_score, jobs)

    def read(self, text: str, *, published: Day = None, **particulars: Optional[str]) -> Article:
        """The statements of one article; ``published`` as in :func:`pourparler.read`."""
        if isinstance(published, str):
            try:
                published = date.fromisoformat(published)
            except ValueError:
                raise ValueError(f"`{published}` is no day: use YYYY-MM-DD") from None
        return self.read_many([{"text": text, "published": published, **particulars}])[0]

    def read_many(self, articles: Iterable[Given], *, published: Day = None) -> list[Article]:
        """The statements of articles, in their order; as many as there are cores are worked on at the same time. ``published`` is
        for those that have no day of their own."""
        inputs = [(f"article {number}", _object(given)) for number, given in enumerate(articles, 1)]
        read = self._native.read(inputs, _day(published))
        return [self._only(name, found, wrong) for (name, _), (found, wrong) in zip(inputs, read)]

    def _only(self, name: str, found: list[str], wrong: list[str]) -> Article:
        if len(found) != 1:
            raise _native.PourparlerError("; ".join(wrong) or f"{name}: it holds no text")
        return article_of(json.loads(found[0]), wrong)

    def read_file(self, path: Union[str, os.PathLike[str]], *, published: Day = None) -> list[Article]:
        """The articles of a file in any form that ``pourparler read`` knows: pages, PDF, mail, feeds, web archives, exports of
        newspaper databases, … Raises :class:`PourparlerError` where nothing in it can be read."""
        return self.read_bytes(Path(path).read_bytes(), name=str(path), published=published)

    def read_bytes(self, content: bytes, *, name: str = "bytes", published: Day = None) -> list[Article]:
        """The same for bytes that are there already; ``name`` is what messages call them."""
        [(found, wrong)] = self._native.read([(name, content)], _day(published))
        if not found and wrong:
            raise _native.PourparlerError("; ".join(wrong))
        return [article_of(json.loads(article), wrong if number == 0 else []) for number, article in enumerate(found)]

    def table(self, articles: Iterable[Given], *, published: Day = None) -> _native.Batch:
        """The statements of articles as a table, which Arrow's libraries take without copying it:
        ``pyarrow.record_batch(table)``, ``polars.DataFrame(table)``. Raises where an article cannot be read.

        >>> Reader().table(["Orlu said it agreed."]).column_names[:3]
        ['article', 'title', 'outlet']
        """
        inputs = [(f"article {number}", _object(given)) for number, given in enumerate(articles, 1)]
        batch, lost = self._native.table(inputs, _day(published))
        if lost:
            raise _native.PourparlerError("; ".join(wrong for _, wrong in lost))
        return batch


class Ledger:
    """A ledger that ``pourparler add`` made, to be asked."""

    def __init__(self, path: Union[str, os.PathLike[str]], *, dossier: Union[str, os.PathLike[str], None] = None) -> None:
        """``dossier`` is whose names of issues are shown."""
        self._native = _native.Ledger(path, dossier)

    def article_ids(self) -> list[str]:
        """The ids of all articles, in the order of their days."""
        return self._native.article_ids()

    def article(self, id: str) -> Article:
        """An article with its statements as they stand. Raises :class:`KeyError` where there is none."""
        return article_of(json.loads(self._native.article(id)), [])

    def entries(
        self,
        *,
        party: Optional[str] = None,
        issue: Optional[str] = None,
        speaker: Optional[str] = None,
        text: Optional[str] = None,
        since: Day = None,
        until: Day = None,
        limit: Optional[int] = None,
    ) -> list[Entry]:
        """The statements that pass everything that is given, by day."""
        lines = self._native.entries(party, issue, speaker, text, _day(since), _day(until), limit)
        # Line ends inside a string are escaped in JSON, so that only those between objects are there.
        return [entry_of(json.loads(line)) for line in lines.split("\n") if line]

    def statements(self) -> _native.Batch:
        """The whole table of statements, for Arrow's libraries."""
        return self._native.statements()

    def positions(self, *, on: Day = None) -> _native.Batch:
        """Where each party stands on each issue, at the end or as of a day."""
        return self._native.positions(_day(on))

    def moves(self) -> _native.Batch:
        """The changes of positions, the firm ones first."""
        return self._native.moves()
