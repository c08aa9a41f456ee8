"""Extraction on a Spark cluster of two executors on this machine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import EXAMPLES, TEXT

import pourparler

pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("SKIPPED LOUDLY: there is no Java here, so nothing is tested on Spark", allow_module_level=True)

from pyspark.sql import DataFrame, Row, SparkSession  # noqa: E402

from pourparler.spark import extract  # noqa: E402

PACKAGE = Path(pourparler.__file__).parents[1]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    path = os.pathsep.join(filter(None, [str(PACKAGE), os.environ.get("PYTHONPATH")]))
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executor.memory", "1024m")
        .config("spark.executorEnv.PYTHONPATH", path)
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "8")
        .getOrCreate()
    )
    yield session
    session.stop()


def _articles() -> list[dict[str, str]]:
    texts = [path.read_text() for path in sorted((EXAMPLES / "articles").glob("*.txt"))] + [TEXT, "It rained."]
    return [{"id": f"a{n}", "text": text, "published": "2031-03-05"} for n, text in enumerate(texts)]


def _many(count: int) -> list[dict[str, str]]:
    return [{"id": f"m{n}", "text": f"{TEXT} Number {n}.", "published": "2031-03-05"} for n in range(count)]


def _found(frame: DataFrame) -> list[tuple[object, ...]]:
    rows = [r.asDict(recursive=True) for r in frame.collect()]
    keep = ("article", "statement", "speaker", "party", "content", "said_from", "act", "text_sha256", "confidence")
    return sorted((tuple(r[k] for k in keep) for r in rows), key=lambda row: (str(row[0]), str(row[1])))


def test_the_cluster_gives_what_the_command_line_gives(spark: SparkSession, program: Path, tmp_path: Path) -> None:
    articles = _articles()
    frame = extract(spark.createDataFrame(articles).repartition(4), dossier=EXAMPLES / "dossier.toml")
    table = tmp_path / "statements.parquet"
    frame.write.parquet(str(table))
    rows = [r.asDict(recursive=True) for r in spark.read.parquet(str(table)).collect()]
    assert not [r["error"] for r in rows if r["error"]]

    lines = tmp_path / "articles.jsonl"
    lines.write_text("".join(json.dumps(a) + "\n" for a in articles))
    command = [program, "read", lines, "--format", "jsonl", "--dossier", EXAMPLES / "dossier.toml"]
    printed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    wanted = {
        (found["article"]["id"], s["id"], s["speaker"]["name"], s["speaker"]["party"], s["act"], s["content"][0][0])
        for found in map(json.loads, printed.splitlines())
        for s in found["statements"]
    }
    given = {
        (r["article"], r["statement"], r["speaker"], r["party"], r["act"], r["content_spans"][0]["start"])
        for r in rows
        if r["statement"]
    }
    assert given == wanted and len(wanted) > 20
    assert {r["article"] for r in rows} == {a["id"] for a in articles}


def test_a_poisoned_row_fails_alone(spark: SparkSession) -> None:
    good = _articles()[:3]
    bad = [Row(id="null", text=None, published=None), Row(id="empty", text=" ", published=None), Row(id="day", text=TEXT, published="soon")]
    schema = "id string, text string, published string"
    frame = spark.createDataFrame([Row(**a) for a in good] + bad, schema).coalesce(1)
    rows = extract(frame).collect()
    errors = {r["article"]: r["error"] for r in rows if r["error"]}
    assert "the text of an article is a str" in errors.pop("null") and not errors
    # What is only odd is read.
    assert {r["article"] for r in rows if not r["error"]} == {a["id"] for a in good} | {"empty", "day"}


def test_files_are_read_in_any_form(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.html").write_text(f"<html><body><article><p>{TEXT}</p></article></body></html>")
    (tmp_path / "c.bin").write_bytes(bytes(range(256)) * 10)
    frame = spark.read.format("binaryFile").load(str(tmp_path))
    rows = extract(frame).collect()
    assert len({r["article"] for r in rows if r["statement"]}) >= 1
    assert [r for r in rows if r["error"] and "c.bin" in r["article"]]


def test_archives_are_read_piece_by_piece(spark: SparkSession, tmp_path: Path) -> None:
    articles = _many(150)
    archive = tmp_path / "archive.jsonl"
    archive.write_text("".join(json.dumps(a) + "\n" for a in articles))
    paths = [Row(path=str(archive)), Row(path=(tmp_path / "nowhere.warc").as_uri())]
    rows = extract(spark.createDataFrame(paths)).collect()
    assert {r["article"] for r in rows if not r["error"]} == {a["id"] for a in articles}
    [lost] = [r for r in rows if r["error"]]
    assert "nowhere.warc" in lost["article"] and "nowhere.warc" in lost["error"]


def test_a_killed_executor_loses_nothing(spark: SparkSession) -> None:
    articles = _many(400)
    pieces = 32
    frame = extract(spark.createDataFrame(articles).repartition(pieces))
    found: list[tuple[object, ...]] = []
    thread = threading.Thread(target=lambda: found.extend(_found(frame)))
    before = _executors()
    assert len(before) == 2, before
    thread.start()
    _wait_for_the_first(spark, pieces)
    os.kill(before[0], signal.SIGKILL)
    thread.join(timeout=240)
    assert not thread.is_alive()
    assert {row[0] for row in found} == {a["id"] for a in articles}
    assert len(found) == len(set((row[0], row[1]) for row in found))


def _wait_for_the_first(spark: SparkSession, pieces: int) -> None:
    """Until a stage of `pieces` pieces has done one of them, and so has most of them before it, however fast the machine."""
    tracker = spark.sparkContext.statusTracker()
    until = time.monotonic() + 120
    while time.monotonic() < until:
        stages = (tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds())
        if any(stage and stage.numTasks == pieces and 0 < stage.numCompletedTasks < pieces // 2 for stage in stages):
            return
        time.sleep(0.02)
    raise AssertionError(f"no stage of {pieces} pieces was seen at work")


def _executors() -> list[int]:
    """The executors below this process."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = int(status.parent.name), status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        children.setdefault(int(rest[1]), []).append(pid)
    below, todo = [], [os.getpid()]
    while todo:
        for child in children.get(todo.pop(), []):
            todo.append(child)
            below.append(child)

    def is_executor(pid: int) -> bool:
        try:
            return b"CoarseGrainedExecutorBackend" in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False

    return [pid for pid in below if is_executor(pid)]


def _warc(articles: list[dict[str, str]]) -> bytes:
    """A web archive, as crawlers write them: one response a page, each compressed by itself."""
    import gzip

    out = b""
    for n, article in enumerate(articles):
        paragraphs = "".join(f"<p>{p}</p>" for p in article["text"].split("\r\n\r\n"))
        page = f"<html><head><title>Talks {n}</title></head><body><article>{paragraphs}</article></body></html>".encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{n:012}>\r\n"
            f"WARC-Date: 2031-03-05T10:00:00Z\r\nWARC-Target-URI: https://example.org/{n}\r\n"
            f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        out += gzip.compress(head.encode() + http + b"\r\n\r\n")
    return out


def test_the_job_reads_web_archives_into_a_ledger(program: Path, tmp_path: Path) -> None:
    for name, articles in (("a", _many(20)), ("b", _many(40)[20:])):
        (tmp_path / f"{name}.warc.gz").write_bytes(_warc(articles))
    paths = tmp_path / "paths.txt"
    paths.write_text("".join(f"{tmp_path / name}.warc.gz\n" for name in "ab"))
    table = tmp_path / "statements.parquet"
    submit = Path(sys.modules["pyspark"].__file__ or "").parent / "bin" / "spark-submit"
    job = PACKAGE / "jobs" / "archive.py"
    command = [submit, "--master", "local-cluster[2,1,1024]", "--conf", f"spark.executorEnv.PYTHONPATH={PACKAGE}"]
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE), "PYSPARK_PYTHON": sys.executable}
    ran = subprocess.run([*command, job, f"@{paths}", "--out", table], env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-3000:]

    direct, by_table = tmp_path / "direct.db", tmp_path / "table.db"
    subprocess.run([program, "add", *tmp_path.glob("*.warc.gz"), "--ledger", direct], check=True, capture_output=True)
    subprocess.run([program, "add", table, "--ledger", by_table], check=True, capture_output=True)
    ledgers = [pourparler.Ledger(direct), pourparler.Ledger(by_table)]
    first, second = ([ledger.article(id) for id in ledger.article_ids()] for ledger in ledgers)
    assert len(first) == 40 and first == second


def test_the_table_goes_into_a_ledger(spark: SparkSession, program: Path, tmp_path: Path) -> None:
    table = tmp_path / "statements.parquet"
    extract(spark.createDataFrame(_articles())).write.parquet(str(table))
    add = [program, "add", table, "--ledger", tmp_path / "talks.db"]
    first, again = (subprocess.run(add, capture_output=True, text=True) for _ in range(2))
    assert first.returncode == again.returncode == 0, first.stderr + again.stderr
    assert f"{len(_articles())} known" in again.stderr
