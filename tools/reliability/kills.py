"""Ends the program by SIGKILL at random moments, and looks whether anything that it had acknowledged is lost.

Three things are under way when it happens: articles coming in (`add`), decisions sent to the workspace (`serve`), and a ledger being
brought to a newer format or made. Afterwards `verify` must find nothing, every acknowledged decision must stand in the log, and going
on must give the same ledger as if nothing had happened.

    tools/reliability/run kills [TIMES [SQLite|PostgreSQL]]
"""

import pathlib
import random
import shutil
import sys
import tempfile
import threading
import time

import common
from common import Failed, Postgres, Served, articles, kill, record, run, start, verified

ARTICLES = 24


def adding(folder, fresh, whole, rng):
    """Killed while articles come in: it can be done again, and gives the same."""
    ledger = fresh()
    process = start("add", folder / "news.jsonl", "--ledger", ledger)
    time.sleep(rng.uniform(0.0, whole["seconds"]))
    kill(process)
    if pathlib.Path(ledger).exists() or ledger.startswith("postgres:"):
        looked = run("verify", "--ledger", ledger, check=False)
        if looked.returncode != 0 and "no ledger here" not in looked.stderr:
            raise Failed(looked.stdout + looked.stderr)
    before = len({line for line in record(ledger)}) if looked_at(ledger) else 0
    run("add", folder / "news.jsonl", "--ledger", ledger)
    verified(ledger)
    if record(ledger) != whole["record"]:
        raise Failed(f"{ledger}: going on gave another ledger ({before} statements were there)")
    return before > 0 and before < len(whole["record"])


def looked_at(ledger):
    return ledger.startswith("postgres:") or pathlib.Path(ledger).exists()


def reviewing(folder, fresh, whole, rng):
    """Killed while decisions come in: each that was acknowledged stands."""
    ledger = fresh()
    run("copy", folder / "whole.db", ledger)
    served = Served(ledger)
    acknowledged, failures, ended = [], [], threading.Event()

    def decide():
        connection = served.connection()
        names = whole["names"][:]
        rng.shuffle(names)
        for name in names:
            if ended.is_set():
                return
            body = {"decision": rng.choice(["accept", "reject"]), "statement": name}
            try:
                status, answer = served.call("POST", "/api/v1/reviews", body, connection)
            except (OSError, common.http.client.HTTPException):
                return
            if status in (200, 201):
                acknowledged.append(answer["number"])
            elif status not in (404, 409):
                # The other reviewer may have been there before; anything else must not happen.
                failures.append(f"a decision was refused: {status} {answer}")

    reviewers = [threading.Thread(target=decide) for _ in range(2)]
    for reviewer in reviewers:
        reviewer.start()
    time.sleep(rng.uniform(0.05, 0.8))
    kill(served.process)
    ended.set()
    for reviewer in reviewers:
        reviewer.join()
    if failures:
        raise Failed(failures[0])
    verified(ledger)
    done = run("log", "--json", "--limit", 1_000_000, "--ledger", ledger).stdout
    logged = {common.json.loads(line)["about"] for line in done.splitlines()}
    lost = [number for number in acknowledged if f"review {number}" not in logged]
    if lost:
        raise Failed(f"{ledger}: decisions {lost} were acknowledged and are lost")
    return len(acknowledged)


def migrating(folder, fresh, whole, rng, old):
    """Killed while a ledger is brought to a newer format, or made."""
    ledger = fresh()
    upgraded = old and not ledger.startswith("postgres:")
    if upgraded:
        shutil.copy(old, ledger)
    process = start(*(["verify"] if upgraded else ["add", folder / "one.jsonl"]), "--ledger", ledger)
    time.sleep(rng.uniform(0.0, 0.12))
    kill(process)
    run("add", folder / "one.jsonl", "--ledger", ledger)
    verified(ledger)
    return True


def main(times, only=None):
    seed = random.randrange(1 << 30)
    rng = random.Random(seed)
    print(f"seed {seed}; {common.PROGRAM}")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pourparler-kills-"))
    articles(folder / "news.jsonl", range(ARTICLES))
    articles(folder / "one.jsonl", [0])
    began = time.monotonic()
    run("add", folder / "news.jsonl", "--ledger", folder / "whole.db")
    whole = {"seconds": time.monotonic() - began, "record": record(folder / "whole.db")}
    whole["names"] = ["/".join((s["article"], s["id"])) for s in statements(folder / "whole.db")]
    old = common.ROOT / "crates/pourparler-ledger/tests/it/ledgers/format-7.ledger"
    stores = {"SQLite": lambda: lambda: str(folder / f"{time.time_ns()}.db"), "PostgreSQL": lambda: Postgres().fresh}
    for store, make in stores.items():
        if only not in (None, store):
            continue
        fresh = make()
        counts, middle, decisions = {"add": 0, "review": 0, "migration": 0}, 0, 0
        for n in range(times):
            what = ["add", "review", "migration"][n % 3]
            if what == "add":
                middle += adding(folder, fresh, whole, rng)
            elif what == "review":
                decisions += reviewing(folder, fresh, whole, rng)
            else:
                migrating(folder, fresh, whole, rng, old if rng.random() < 0.7 else None)
            counts[what] += 1
            for path in folder.glob("1*.db*"):
                path.unlink()
        if decisions == 0:
            raise Failed("no decision was ever acknowledged: nothing was tried")
        print(f"{store}: killed {times} times ({counts['add']} in add, {middle} of them with part of the articles stored; "
              f"{counts['review']} in review, {decisions} decisions acknowledged; {counts['migration']} in migration): "
              "nothing acknowledged lost, verify clean, going on gave the same ledger", flush=True)
    shutil.rmtree(folder)


def statements(ledger):
    out = []
    for line in record(ledger):
        row = common.json.loads(line)
        out.append({"article": row.get("article") or row["article_id"], "id": row.get("id") or row["statement"]})
    return out


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, *sys.argv[2:3])
