"""A component for spaCy pipelines: ``nlp.add_pipe("pourparler")``.

It reads each document's text with its own model and sets, without changing what other components found:

- ``doc._.statements``: the document's :class:`~pourparler.Statement` objects, ``doc._.pourparler`` the whole
  :class:`~pourparler.Article`;
- ``doc.spans["pourparler"]``: the contents as spans of tokens, their label the kind of quotation and their id the statement's, so
  that displaCy and matchers can use them;
- ``span._.statement`` on those spans.

The day of publication is taken from ``doc._.published`` where the document was made with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Iterable, Optional

from spacy.language import Language
from spacy.tokens import Doc, Span

from .reading import Reader
from .record import Article, Statement

__all__ = ["Pourparler", "component"]

KEY = "pourparler"
"""Under this name the contents stand in ``doc.spans``."""


def _statements(doc: Doc) -> list[Statement]:
    article: Optional[Article] = doc._.pourparler
    return [] if article is None else article.statements


def _register() -> None:
    if not Doc.has_extension("pourparler"):
        Doc.set_extension("pourparler", default=None)
        Doc.set_extension("statements", getter=_statements)
        Doc.set_extension("published", default=None)
        Span.set_extension("statement", default=None)


class Pourparler:
    """The component: statements of documents."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        _register()

    def __call__(self, doc: Doc) -> Doc:
        return next(iter(self.pipe([doc])))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Reads documents by batches, on all cores that the reader uses."""
        batch: list[Doc] = []
        for doc in stream:
            batch.append(doc)
            if len(batch) == batch_size:
                yield from self._read(batch)
                batch = []
        yield from self._read(batch)

    def _read(self, docs: list[Doc]) -> list[Doc]:
        # A document without words is no article.
        with_words = [doc for doc in docs if doc.text.strip()]
        articles = self.reader.read_many({"text": doc.text, "published": _day(doc._.published)} for doc in with_words)
        for doc, article in zip(with_words, articles):
            doc._.pourparler = article
            doc.spans[KEY] = [span for s in article.statements for span in _spans(doc, s)]
        return docs


def _day(published: Any) -> Optional[str]:
    return published.isoformat() if isinstance(published, date) else published


def _spans(doc: Doc, statement: Statement) -> Iterator[Span]:
    """The content as spans of whole tokens."""
    for start, end in statement.content_spans:
        span = doc.char_span(start, end, label=statement.quotation, span_id=statement.id, alignment_mode="expand")
        if span is not None:
            span._.statement = statement
            yield span


@Language.factory(
    "pourparler",
    default_config={"dossier": None, "model": "accurate", "min_score": None, "jobs": 0},
    assigns=["doc._.statements", "doc._.pourparler", "doc.spans"],
)
def component(
    nlp: Language, name: str, dossier: Optional[str], model: str, min_score: Optional[float], jobs: int
) -> Pourparler:
    """Makes the component, as ``nlp.add_pipe("pourparler", config={"dossier": "talks.toml"})`` asks for it."""
    return Pourparler(Reader(dossier, model=model, min_score=min_score, jobs=jobs))
