"""What the tests share: the examples of the repository, the program, and a ledger made with it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import pourparler

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
PROGRAM = Path(os.environ.get("POURPARLER", ROOT / "target/debug/pourparler"))

TEXT = (
    "🎉 \u201cWe will not sign,\u201d Foreign Minister Ada Vell of Orlu told Radio Tolm on Monday.\r\n\r\n"
    "Vessar said it was ready to talk about water if the dam stays open."
)


@pytest.fixture(scope="session")
def reader() -> pourparler.Reader:
    return pourparler.Reader(EXAMPLES / "dossier.toml")


@pytest.fixture(scope="session")
def program() -> Path:
    if not PROGRAM.is_file():
        pytest.fail(f"{PROGRAM} is not there: build it, or name it in POURPARLER")
    return PROGRAM


@pytest.fixture(scope="session")
def ledger_path(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "talks.db"
    command = [program, "add", EXAMPLES / "articles", "--dossier", EXAMPLES / "dossier.toml", "--ledger", path]
    subprocess.run(command, check=True, capture_output=True)
    return path
