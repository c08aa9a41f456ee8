"""Holds REFI-QDA projects against the format's own schema, and reads their selections by other means than ours.

    python -m venv V && V/bin/pip install lxml && V/bin/pip install --no-deps qualitative-coding
    cargo run -p pourparler-exchange --example bulk -- qdpx /tmp/a.qdpx 1200
    V/bin/python crates/pourparler-exchange/checks/refi.py /tmp/a.qdpx

`qualitative-coding` brings the schema; nothing else of it is used. The made-up articles of `bulk` say `“…” ` in every content, so that
a selection that is off by one is seen.
"""

import sys
import zipfile
from importlib.metadata import files
from pathlib import Path

from lxml import etree

NAMES = {"q": "urn:QDA-XML:project:1.0"}


def schema():
    found = next(f for f in files("qualitative-coding") if f.name == "schema.xsd")
    return etree.XMLSchema(etree.fromstring(Path(found.locate()).read_bytes()))


def check(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None, "the archive is damaged"
        project = etree.fromstring(archive.read("project.qde"))
        schema().assertValid(project)
        words = 0
        for source in project.iterfind(".//q:TextSource", NAMES):
            file = source.get("plainTextPath").removeprefix("internal://")
            text = archive.read(f"sources/{file}").decode("utf-8")
            for selection in source.iterfind("q:PlainTextSelection", NAMES):
                content = text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
                assert content.startswith("“") and content.endswith("”"), (file, content)
                words += 1
    print(f"{path}: valid, {words} selections hold their words")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        check(name)
