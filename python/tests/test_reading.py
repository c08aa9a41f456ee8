"""Reading articles, as objects and as tables."""

from __future__ import annotations

import json
import pickle
import subprocess
import threading
from datetime import date
from pathlib import Path

import pytest
from conftest import EXAMPLES, TEXT

import pourparler


def test_a_statement_is_an_object_with_places_in_the_text(reader: pourparler.Reader) -> None:
    article = reader.read(TEXT, published=date(2031, 3, 5), title="No", outlet="The Tolm Courier")
    assert (article.title, article.outlet, article.published) == ("No", "The Tolm Courier", date(2031, 3, 5))
    first = article.statements[0]
    assert first.speaker == pourparler.Speaker("Ada Vell", "person", "Foreign Minister", "Orlu")
    assert (first.via, first.quotation) == (["Radio Tolm"], "direct")
    assert first.said_on is not None and first.said_on.start == date(2031, 3, 3)
    # The text begins with an emoji and has line ends of two characters: places are those of Python's strings all the same.
    for statement in article.statements:
        pieces = [article.text[start:end] for start, end in statement.content_spans]
        assert " … ".join(pieces) == statement.content
    assert pickle.loads(pickle.dumps(article)) == article


def test_many_articles_come_in_their_order_and_from_any_thread(reader: pourparler.Reader) -> None:
    texts = [f"Orlu said it would open {n} dams." for n in range(12)]
    alone = [reader.read(text) for text in texts]
    assert reader.read_many(texts) == alone
    found: dict[int, pourparler.Article] = {}

    def work(number: int) -> None:
        found[number] = reader.read(texts[number])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[n] for n in range(len(texts))] == alone


def test_other_threads_run_while_it_reads(reader: pourparler.Reader) -> None:
    done = threading.Event()
    turns = 0

    def read() -> None:
        reader.read_many([TEXT + f" {n}" for n in range(40)])
        done.set()

    thread = threading.Thread(target=read)
    thread.start()
    while not done.wait(0.001):
        turns += 1
    thread.join()
    assert turns > 5, "the lock of the interpreter was held"


def test_it_gives_what_the_command_line_gives(reader: pourparler.Reader, program: Path, tmp_path: Path) -> None:
    texts = [path.read_text() for path in sorted((EXAMPLES / "articles").glob("*.txt"))] or [TEXT]
    articles = [{"id": f"a{n}", "text": text, "published": "2031-03-05"} for n, text in enumerate(texts)]
    lines = tmp_path / "articles.jsonl"
    lines.write_text("".join(json.dumps(a) + "\n" for a in articles))
    command = [program, "read", lines, "--format", "jsonl", "--dossier", EXAMPLES / "dossier.toml"]
    printed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    from pourparler.record import article_of

    wanted = [article_of(json.loads(line), []) for line in printed.splitlines()]
    found = reader.read_many(articles)
    assert [(a.id, a.statements, a.rounds) for a in found] == [(a.id, a.statements, a.rounds) for a in wanted]


def test_files_of_any_form_are_read(reader: pourparler.Reader) -> None:
    for path in sorted((EXAMPLES / "articles").iterdir()):
        for article in reader.read_file(path):
            assert article.text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"text": None}, "the text of an article is a str"),
        ({"text": 3}, "the text of an article is a str"),
        ({"text": "Orlu agreed.", "colour": "red"}, "an article has no colour"),
    ],
)
def test_what_is_no_article_is_refused(reader: pourparler.Reader, wrong: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        reader.read_many([wrong])


def test_failures_say_what_to_do(reader: pourparler.Reader, tmp_path: Path) -> None:
    assert reader.read("   ").statements == []
    with pytest.raises(pourparler.PourparlerError):
        reader.read_bytes(b"\x00\x01\x02" * 99)
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        reader.read(TEXT, published="yesterday")
    with pytest.raises(ValueError, match="neither `accurate` nor `fast`"):
        pourparler.Reader(model="huge")
    with pytest.raises(ValueError, match="from 0 to 1"):
        pourparler.Reader(min_score=7)
    with pytest.raises(pourparler.PourparlerError, match="nowhere.toml"):
        pourparler.Reader(tmp_path / "nowhere.toml")
    with pytest.raises(UnicodeEncodeError):
        reader.read("half of a pair: \ud83c")


def test_tables_go_to_the_libraries_of_arrow(reader: pourparler.Reader) -> None:
    import pandas
    import polars
    import pyarrow

    table = reader.table([{"id": "a", "text": TEXT}, {"id": "b", "text": "It rained."}])
    batch = pyarrow.record_batch(table)
    batch.validate(full=True)
    rows = batch.to_pylist()
    assert len(table) == batch.num_rows == len(rows) and rows[-1]["article"] == "b" and rows[-1]["statement"] is None
    assert rows[0]["text"] == TEXT and rows[1]["text"] is None
    span = rows[0]["content_spans"][0]
    assert TEXT[span["start"] : span["end"]] == rows[0]["content"]
    assert polars.DataFrame(table).height == len(rows)
    frame: pandas.DataFrame = batch.to_pandas()
    assert list(frame["article"].unique()) == ["a", "b"]
    # What pyarrow holds outlives the table that it was taken from.
    del table
    assert batch.column("article").to_pylist()[-1] == "b"
