"""Fifty people who read and review one ledger at the same time, for ten minutes.

Half of the statements that they put right are the same few: each reads the number that stands in the speaker's office, and sends it
back one higher with the `state` that they saw. Who was overtaken gets a conflict, looks again and tries again. At the end each number
has to be that of the corrections that were acknowledged: an update that was lost would show as one too few.

    tools/reliability/run users [USERS [SECONDS [SQLite|PostgreSQL]]]
"""

import collections
import http.client
import pathlib
import random
import shutil
import statistics
import sys
import tempfile
import threading
import time

import common
from common import Failed, Postgres, Served, articles, record, run, verified

PAGES = ["/", "/matrix", "/issues", "/actors", "/timeline", "/articles", "/review", "/search?text=truce", "/brief", "/network"]


def main(users, seconds, store):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pourparler-users-"))
    articles(folder / "news.jsonl", range(60))
    ledger = Postgres().fresh() if store == "PostgreSQL" else str(folder / "talks.db")
    run("add", folder / "news.jsonl", "--ledger", ledger)
    names = ["/".join((row["article"], row["statement"])) for row in map(common.json.loads, record(ledger))]
    shared, own = names[:6], names[6:]
    served = Served(ledger)
    times, conflicts, counted = collections.defaultdict(list), collections.Counter(), collections.Counter()
    errors, decisions, ended = [], [], threading.Event()

    def user(n):
        rng = random.Random(n)
        connection = served.connection()

        def call(kind, method, path, body=None):
            nonlocal connection
            began = time.monotonic()
            try:
                status, answer = served.call(method, path, body, connection)
            except (OSError, http.client.HTTPException):
                connection = served.connection()
                status, answer = served.call(method, path, body, connection)
            times[kind].append(time.monotonic() - began)
            if status >= 500 or status in (400, 403, 404):
                errors.append((kind, path, status, answer))
            return status, answer

        while not ended.is_set():
            what = rng.random()
            if what < 0.6:
                call("page", "GET", rng.choice(PAGES))
            elif what < 0.75:
                call("article", "GET", "/articles/" + rng.choice(names).split("/")[0])
            elif what < 0.9:
                name = rng.choice(own)
                status, answer = call("decision", "POST", "/api/v1/reviews", {"decision": "accept", "statement": name})
                if status in (200, 201):
                    decisions.append(answer["number"])
            else:
                name = rng.choice(shared)
                for _ in range(20):
                    status, now = call("statement", "GET", f"/api/v1/statements/{name}")
                    office = now["speaker"].get("role") or ""
                    number = int(office.split()[-1]) + 1 if office.startswith("number ") else 1
                    body = {"decision": "correct", "statement": name, "correction": {
                        "speaker": {key: now["speaker"].get(key) for key in ("name", "kind", "party")} | {"role": f"number {number}"}},
                        "expects": now["state"]}
                    status, answer = call("correction", "POST", "/api/v1/reviews", body)
                    if status in (200, 201):
                        counted[name] += 1
                        decisions.append(answer["number"])
                        break
                    if status != 409:
                        break
                    conflicts[name] += 1
            # People look before they click.
            time.sleep(rng.expovariate(1 / 1.0))

    threads = [threading.Thread(target=user, args=(n,), daemon=True) for n in range(users)]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    ended.set()
    for thread in threads:
        thread.join(timeout=120)
    final = {name: served.call("GET", f"/api/v1/statements/{name}")[1]["speaker"]["role"] for name in shared}
    served.end()
    verified(ledger)
    if errors:
        raise Failed(f"{len(errors)} errors, such as {errors[:3]}")
    if len(set(decisions)) != len(decisions):
        raise Failed("two decisions have one number")
    lost = {name: (final[name], counted[name]) for name in shared if counted[name] and final[name] != f"number {counted[name]}"}
    if lost:
        raise Failed(f"updates were lost: {lost}")
    print(f"{store}, {users} users, {seconds} s: {sum(map(len, times.values()))} requests, no error; {len(decisions)} decisions, "
          f"{sum(counted.values())} of them on the same {len(shared)} statements with {sum(conflicts.values())} conflicts shown, "
          "none lost; verify clean")
    for kind, taken in sorted(times.items()):
        taken.sort()
        at = lambda share: taken[min(len(taken) - 1, int(share * len(taken)))] * 1000
        print(f"  {kind:<11} {len(taken):>7}  median {statistics.median(taken) * 1000:6.1f} ms  p90 {at(.9):6.1f}  p99 {at(.99):6.1f}  "
              f"most {taken[-1] * 1000:6.1f}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50, int(sys.argv[2]) if len(sys.argv) > 2 else 600,
         sys.argv[3] if len(sys.argv) > 3 else "SQLite")
