"""Extraction on Apache Spark, for archives of millions of articles.

:func:`extract` turns a data frame of articles into the table of statements that ``docs/tables.md`` describes; written as Parquet,
``pourparler add`` takes it into a ledger. Each Python worker loads the model once. A row that cannot be read becomes a row with an
``error`` and stops nothing.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional, Union

from . import _native
from .reading import _PARTICULARS, Reader, _object

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["extract"]

_ARTICLES_AT_ONCE = 64
"""So many articles are read at a time: what a batch costs in memory, and at most what a failure of the model costs in time."""

_readers: dict[tuple[Any, ...], Reader] = {}
"""The readers of this process, by what they were made with."""


def extract(
    articles: DataFrame,
    *,
    dossier: Union[str, os.PathLike[str], None] = None,
    model: str = "accurate",
    min_score: Optional[float] = None,
) -> DataFrame:
    """The statements of a data frame of articles: a row for each, and one for each article without any.

    ``articles`` has a column ``text`` and any of ``id``, ``title``, ``outlet``, ``byline``, ``published`` (a date, or text as
    ``YYYY-MM-DD``), ``url`` and ``language``. Files in any form that ``pourparler read`` knows, web archives among them, are given
    as a column ``path`` (of this machine, or an address that ``pyarrow.fs`` opens: ``s3://…``, ``hdfs://…``), and read piece by
    piece; with a column ``content`` beside it, as the format ``binaryFile`` gives them, nothing is opened. Other columns are left
    alone. The dossier's file is read here and goes to the workers with the job.
    """
    import pyarrow
    from pyspark.sql.pandas.types import from_arrow_schema

    given = _dossier(dossier)
    columns = [c for c in ("text", "published", *_PARTICULARS, "path", "content") if c in articles.columns]
    if not {"text", "path", "content"} & set(columns):
        raise ValueError("the articles have neither a column `text` nor a column `path` or `content`")
    files = "text" not in columns and "content" not in columns

    def work(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        reader = _reader(given, model, min_score)
        for batch in batches:
            if files:
                for path in batch.column("path").to_pylist():
                    yield from _read_file(reader, str(path))
                continue
            for start in range(0, batch.num_rows, _ARTICLES_AT_ONCE):
                yield from _read(reader, batch.slice(start, _ARTICLES_AT_ONCE).to_pylist())

    schema = from_arrow_schema(pyarrow.record_batch(_native.Reader.empty_table()).schema)
    return articles.select(*columns).mapInArrow(work, schema)


def _dossier(dossier: Union[str, os.PathLike[str], None]) -> Union[str, bytes, None]:
    """A topic's name as it is, a file as its content."""
    if dossier is None or not Path(dossier).exists():
        return None if dossier is None else str(dossier)
    return Path(dossier).read_bytes()


def _reader(dossier: Union[str, bytes, None], model: str, min_score: Optional[float]) -> Reader:
    key = (dossier, model, min_score)
    if key not in _readers:
        # Spark runs a worker for each core: one article at a time is worked on in each.
        if isinstance(dossier, bytes):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, "dossier.toml")
                path.write_bytes(dossier)
                _readers[key] = Reader(path, model=model, min_score=min_score, jobs=1)
        else:
            _readers[key] = Reader(dossier, model=model, min_score=min_score, jobs=1)
    return _readers[key]


def _read(reader: Reader, rows: list[dict[str, Any]]) -> Iterator[pyarrow.RecordBatch]:
    """The statements of some articles, and what failed."""
    import pyarrow

    inputs: list[tuple[str, bytes]] = []
    failed: list[tuple[str, str]] = []
    for number, row in enumerate(rows):
        name = str(row.get("id") or row.get("url") or row.get("path") or f"row {number}")
        try:
            inputs.append((name, _input(row)))
        except (TypeError, ValueError) as e:
            failed.append((name, str(e)))
    for some, lost in _tables(reader, inputs):
        failed.extend(lost)
        if len(some):
            yield pyarrow.record_batch(some)
    if failed:
        yield _errors(failed)


def _read_file(reader: Reader, path: str) -> Iterator[pyarrow.RecordBatch]:
    """The statements of a file, as it is read, and what failed."""
    import pyarrow

    try:
        with tempfile.TemporaryDirectory() as folder:
            for some, lost in reader._native.tables_of_file(_local(path, folder), _ARTICLES_AT_ONCE):
                if len(some):
                    yield pyarrow.record_batch(some)
                if lost:
                    yield _errors([(path, what) for what in lost])
    except (OSError, ValueError, _native.PourparlerError) as e:
        yield _errors([(path, str(e))])


def _local(path: str, folder: str) -> str:
    """A file of this machine with the same content."""
    if "://" not in path:
        return path.removeprefix("file:")
    if path.startswith("file://"):
        return path.removeprefix("file://")
    from pyarrow import fs

    system, inner = fs.FileSystem.from_uri(path)
    # The name's end tells nothing that the content does not; reading needs a file that can be read again.
    there = Path(folder, "input")
    with system.open_input_stream(inner, compression=None) as source, there.open("wb") as target:
        shutil.copyfileobj(source, target)
    return str(there)


def _input(row: dict[str, Any]) -> bytes:
    content = row.pop("content", None)
    if content is not None:
        return bytes(content)
    row.pop("path", None)
    return _object(row)


def _tables(
    reader: Reader, inputs: list[tuple[str, bytes]]
) -> Iterator[tuple[_native.Batch, list[tuple[str, str]]]]:
    """The tables of inputs: of all at once, and of each alone where that fails, so that one costs only itself."""
    try:
        yield reader._native.table(inputs, None)
    except BaseException as e:
        # A panic inside the native part is no `Exception`; being asked to end is none of it.
        if not isinstance(e, Exception) and type(e).__name__ != "PanicException":
            raise
        if len(inputs) == 1:
            yield _native.Reader.empty_table(), [(inputs[0][0], str(e))]
        else:
            for one in inputs:
                yield from _tables(reader, [one])


def _errors(failed: list[tuple[str, str]]) -> pyarrow.RecordBatch:
    """Rows that tell what failed and hold nothing else."""
    import pyarrow

    schema = pyarrow.record_batch(_native.Reader.empty_table()).schema

    def value(field: pyarrow.Field, name: str, error: str) -> Any:
        known: dict[str, Any] = {"article": name, "error": error}
        if field.name in known or field.nullable:
            return known.get(field.name)
        if pyarrow.types.is_list(field.type):
            return []
        return 0 if pyarrow.types.is_integer(field.type) else ""

    rows = [{field.name: value(field, name, error) for field in schema} for name, error in failed]
    return pyarrow.RecordBatch.from_pylist(rows, schema=schema)
