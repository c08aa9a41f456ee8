"""The component for spaCy."""

from __future__ import annotations

import pytest
from conftest import TEXT

spacy = pytest.importorskip("spacy")
# An installed package is found by its entry point; a checkout is not.
import pourparler.spacy  # noqa: E402, F401


def test_a_pipeline_finds_statements() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("pourparler", config={"jobs": 1})
    docs = list(nlp.pipe([TEXT, "   ", "It rained."]))
    statements = docs[0]._.statements
    assert [s.speaker.name for s in statements][:1] == ["Ada Vell"]
    spans = docs[0].spans["pourparler"]
    assert spans and spans[0]._.statement == statements[0] and spans[0].label_ == "direct"
    assert statements[0].content.strip("“”,") in spans[0].text
    assert docs[1]._.statements == [] and docs[2]._.statements == []


def test_the_day_of_publication_is_used() -> None:
    nlp = spacy.blank("en")
    component = nlp.add_pipe("pourparler")
    doc = nlp.make_doc(TEXT)
    doc._.published = "2031-03-05"
    said_on = component(doc)._.statements[0].said_on
    assert said_on is not None and said_on.start.isoformat() == "2031-03-03"
