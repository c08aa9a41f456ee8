"""How fast the package is beside the command line, and on Spark's executors.

    python benchmarks/speed.py ARTICLES.jsonl PROGRAM [--rounds 5] [--spark COUNT]

ARTICLES.jsonl has an object with ``id`` and ``text`` a line; PROGRAM is the command line of the same build. Whole processes of both
take turns, on one core each, and the median of the ratios is what counts. ``--spark`` reads that many articles on one and on two
executors of a cluster on this machine, after a first pass that loads the model.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ALONE = """
import json, sys, pourparler
reader = pourparler.Reader(jobs=1)
found = reader.read_many([json.loads(line) for line in open(sys.argv[1])])
print(sum(len(a.statements) for a in found))
"""


def timed(command: list[str | Path]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def beside_the_command_line(articles: Path, program: Path, rounds: int) -> None:
    command = [program, "read", articles, "--format", "jsonl", "--jobs", "1"]
    ratios = []
    for _ in range(rounds):
        rust = timed(command)
        python = timed([sys.executable, "-c", ALONE, articles])
        ratios.append(python / rust)
        print(f"command line {rust:.2f} s, Python {python:.2f} s, ratio {ratios[-1]:.3f}", flush=True)
    print(f"median ratio {statistics.median(ratios):.3f}")


def on_spark(articles: Path, count: int) -> None:
    from pyspark.sql import SparkSession

    from pourparler.spark import extract

    os.environ["PYSPARK_PYTHON"] = sys.executable
    lines = [json.loads(line) for line in articles.open()]
    rows = [{"id": f"a{n}", "text": lines[n % len(lines)]["text"]} for n in range(count)]
    for executors in (1, 2):
        spark = (
            SparkSession.builder.master(f"local-cluster[{executors},1,1024]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
            .getOrCreate()
        )
        frame = spark.createDataFrame(rows).repartition(8 * executors).cache()
        frame.count()
        extract(frame.limit(8)).count()
        began = time.perf_counter()
        statements = extract(frame).count()
        took = time.perf_counter() - began
        print(f"{executors} executor(s): {count} articles, {statements} rows in {took:.1f} s: {count / took / executors:.1f} articles a second and core")
        spark.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("program", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--spark", type=int, default=0)
    given = parser.parse_args()
    beside_the_command_line(given.articles, given.program, given.rounds)
    if given.spark:
        on_spark(given.articles, given.spark)
