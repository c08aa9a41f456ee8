"""A job for Apache Spark: from an archive of news to a table of statements.

    spark-submit python/jobs/archive.py INPUT… --out statements.parquet [--dossier talks.toml] [--model fast]

INPUT is Parquet with a column ``text`` (and any of ``id``, ``title``, ``outlet``, ``byline``, ``published``, ``url``,
``language``), or files in any form that ``pourparler read`` knows, such as web archives of Common Crawl's news: paths,
``s3://…``, or a text file with one of them a line given as ``@list.txt``. The workers need the package
(``pip install pourparler[spark]``) and nothing else.

    pourparler add statements.parquet --ledger talks.db

then takes the table into a ledger; doing so twice changes nothing. A row whose column ``error`` is not empty tells what could
not be read.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pyspark.sql import Row, SparkSession

from pourparler.spark import extract


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", metavar="INPUT")
    parser.add_argument("--out", required=True, help="folder of the table, which is not there yet")
    parser.add_argument("--dossier", help="what the talks are about: a file, or trade, climate or labour")
    parser.add_argument("--model", choices=["accurate", "fast"], default="accurate")
    parser.add_argument("--partitions", type=int, help="pieces of work; else as many as there are inputs or Spark made")
    given = parser.parse_args()

    spark = SparkSession.builder.appName("pourparler").getOrCreate()
    inputs = [line for each in given.inputs for line in _listed(each)]
    if all(path.rstrip("/").endswith(".parquet") for path in inputs):
        articles = spark.read.parquet(*inputs)
        if given.partitions:
            articles = articles.repartition(given.partitions)
    else:
        # A file is a piece of work: archives are of one size, and read as streams.
        rows = spark.sparkContext.parallelize([Row(path=path) for path in inputs], given.partitions or len(inputs))
        articles = spark.createDataFrame(rows)
    extract(articles, dossier=given.dossier, model=given.model).write.parquet(given.out)
    spark.stop()


def _listed(given: str) -> list[str]:
    if not given.startswith("@"):
        return [given]
    return [line.strip() for line in Path(given[1:]).read_text().splitlines() if line.strip()]


if __name__ == "__main__":
    main()
