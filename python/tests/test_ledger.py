"""Ledgers, asked from Python."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow
import pytest
from conftest import EXAMPLES

import pourparler


@pytest.fixture
def ledger(ledger_path: Path) -> pourparler.Ledger:
    return pourparler.Ledger(ledger_path, dossier=EXAMPLES / "dossier.toml")


def test_articles_and_entries_are_objects(ledger: pourparler.Ledger) -> None:
    ids = ledger.article_ids()
    assert len(ids) == len(set(ids)) > 5
    articles = [ledger.article(id) for id in ids]
    entries = ledger.entries()
    assert len(entries) == sum(len(a.statements) for a in articles)
    some = ledger.entries(since=date(2000, 1, 1), limit=3)
    assert len(some) == 3 and all(isinstance(e.statement, pourparler.Statement) for e in some)
    party = next(e.statement.speaker.party for e in entries if e.statement.speaker.party)
    of_party = ledger.entries(party=party)
    assert of_party and all(e.statement.speaker.party for e in of_party)


def test_tables_of_a_ledger(ledger: pourparler.Ledger) -> None:
    statements = pyarrow.record_batch(ledger.statements())
    assert sum(1 for s in statements.column("statement").to_pylist() if s) == len(ledger.entries())
    positions = pyarrow.record_batch(ledger.positions()).to_pylist()
    assert positions and {p["stance"] for p in positions} <= {"supports", "opposes", "conditional", "open", "unclear"}
    assert pyarrow.record_batch(ledger.positions(on="1999-01-01")).num_rows == 0
    assert pyarrow.record_batch(ledger.moves()).num_rows > 0


def test_what_is_not_there(ledger: pourparler.Ledger, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        ledger.article("nowhere")
    with pytest.raises(pourparler.PourparlerError, match="no ledger here"):
        pourparler.Ledger(tmp_path / "nowhere.db")
    (tmp_path / "text.db").write_text("This is no database, though it is long enough to be taken for one." * 20)
    with pytest.raises(pourparler.PourparlerError, match="text.db"):
        pourparler.Ledger(tmp_path / "text.db")
