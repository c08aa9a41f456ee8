"""What happens around a ledger, and what the program makes of it: a full disk, a read-only one, a lock held by another program, a
clock that goes back, a file cut short or with flipped bits, a server that is started again in the middle of the work.

Each has to end in a clear error, nothing half-written, and work that goes on when the cause is gone.

    tools/reliability/run faults [FLIPS]
"""

import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

import common
from common import Failed, Postgres, Served, articles, record, run, verified


def expect(done, words, codes=(3, 4)):
    """That a run ended with a code of an error and said why."""
    said = done.stdout + done.stderr
    if done.returncode not in codes or words not in said:
        raise Failed(f"expected `{words}`, got {done.returncode}: {said[-2000:]}")


def mounted(folder, size):
    """A small disk of its own; only root can have one."""
    folder.mkdir()
    if os.getuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]).returncode != 0:
        print("SKIPPED: a small disk needs root (mount -t tmpfs)", flush=True)
        return False
    return True


def full_disk(folder):
    disk = folder / "disk"
    if not mounted(disk, "8m"):
        return
    try:
        ledger = disk / "talks.db"
        run("add", folder / "one.jsonl", "--ledger", ledger)
        filler = disk / "filler"
        try:
            with open(filler, "wb", buffering=0) as out:
                while True:
                    out.write(bytes(4096))
        except OSError:
            pass
        expect(run("add", folder / "news.jsonl", "--ledger", ledger, check=False), "no room is left")
        filler.unlink()
        verified(ledger)
        small = run("add", folder / "news.jsonl", "--ledger", ledger, check=False)
        if small.returncode != 0:
            expect(small, "no room is left")
        verified(ledger)
        print("disk full: told, nothing half-written, goes on when there is room", flush=True)
    finally:
        subprocess.run(["umount", disk], check=True)


def read_only(folder):
    disk = folder / "locked"
    if not mounted(disk, "8m"):
        return
    try:
        ledger = disk / "talks.db"
        run("add", folder / "one.jsonl", "--ledger", ledger)
        before = record(ledger)
        # A ledger that was closed is one file; its log beside it could not be made on a disk that cannot be written.
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        expect(run("add", folder / "news.jsonl", "--ledger", ledger, check=False), "cannot be")
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        if record(ledger) != before:
            raise Failed("another record than before")
        run("add", folder / "news.jsonl", "--ledger", ledger)
        verified(ledger)
        print("read-only disk: told, goes on when it can be written", flush=True)
    finally:
        subprocess.run(["umount", disk], check=True)


def locked(folder):
    ledger = folder / "held.db"
    run("add", folder / "one.jsonl", "--ledger", ledger)
    holder = sqlite3.connect(ledger, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    expect(run("add", folder / "news.jsonl", "--ledger", ledger, check=False), "in use by another program")
    if len(record(ledger)) == 0:
        raise Failed("it cannot be read while it is locked")
    holder.execute("ROLLBACK")
    run("add", folder / "news.jsonl", "--ledger", ledger)
    verified(ledger)
    print("locked by another program: told after five seconds, read meanwhile, goes on afterwards", flush=True)


def clock(folder):
    if shutil.which("faketime") is None:
        print("SKIPPED: a clock that goes back needs faketime (Debian's package)", flush=True)
        return
    ledger = folder / "clock.db"
    run("add", folder / "one.jsonl", "--ledger", ledger)
    subprocess.run(["faketime", "2001-01-01 00:00:00", common.PROGRAM, "add", folder / "news.jsonl", "--ledger", ledger],
                   check=True, capture_output=True)
    verified(ledger)
    times = [common.json.loads(line)["made_at"] for line in
             run("log", "--json", "--limit", 1000, "--ledger", ledger).stdout.splitlines()]
    if any(time < times[-1] for time in times):
        raise Failed(f"the log runs backwards: {times}")
    print("clock put back by years: articles come in, the log does not run backwards", flush=True)


def damage(folder, flips, rng):
    ledger = folder / "whole.db"
    run("add", folder / "news.jsonl", "--ledger", ledger)
    whole = ledger.read_bytes()
    found = silent = 0
    for n in range(flips):
        bytes_ = bytearray(whole)
        if n % 4 == 3:
            del bytes_[rng.randrange(1, len(whole)):]
        else:
            for _ in range(1 << rng.randrange(6)):
                bytes_[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
        hurt = folder / "hurt.db"
        hurt.write_bytes(bytes_)
        codes = []
        for command in (["verify", "--rebuild"], ["statements", "--text", "truce"], ["add", folder / "one.jsonl"]):
            done = run(*command, "--ledger", hurt, check=False, timeout=120)
            if done.returncode not in (0, 1, 3, 4):
                raise Failed(f"{command}: {done.returncode}\n{done.stderr[-2000:]}")
            codes.append(done.returncode)
        found += codes[0] == 4
        silent += codes[0] == 0
        for beside in folder.glob("hurt.db*"):
            beside.unlink()
    print(f"{flips} damaged files (a quarter cut short, the others with 1 to 32 flipped bits): verify told of {found}, "
          f"it had nothing to say of {silent}, hurt in free places or in indexes; no panic, no other end than an error", flush=True)


def restarted(folder):
    postgres = Postgres()
    ledger = postgres.fresh()
    run("add", folder / "news.jsonl", "--ledger", ledger)
    names = ["/".join((row["article"], row["statement"])) for row in map(common.json.loads, record(ledger))]
    served = Served(ledger)
    acknowledged, refused, ended = [], [], threading.Event()

    def decide(offset):
        at = offset
        while not ended.is_set():
            at += 1
            body = {"decision": "accept", "statement": names[at % len(names)]}
            try:
                status, answer = served.call("POST", "/api/v1/reviews", body)
            except OSError as e:
                raise Failed(f"the workspace went away: {e}") from e
            if status in (200, 201):
                acknowledged.append(answer["number"])
            elif status in (500, 503):
                refused.append((status, answer))
            else:
                raise Failed(f"{status} {answer}")

    reviewers = [threading.Thread(target=decide, args=(n * 7,)) for n in range(4)]
    for reviewer in reviewers:
        reviewer.start()
    for mode in ("fast", "immediate", "fast"):
        time.sleep(1.5)
        postgres.stop(mode)
        time.sleep(0.7)
        postgres.start()
    before = len(acknowledged)
    time.sleep(2)
    ended.set()
    for reviewer in reviewers:
        reviewer.join()
    if len(acknowledged) <= before:
        raise Failed(f"nothing could be decided after the server came back: {refused[-1:]}")
    served.end()
    verified(ledger)
    done = run("log", "--json", "--limit", 1_000_000, "--ledger", ledger).stdout
    logged = {common.json.loads(line)["about"] for line in done.splitlines()}
    lost = [number for number in acknowledged if f"review {number}" not in logged]
    if lost:
        raise Failed(f"acknowledged and lost: {lost}")
    told = {status for status, _ in refused}
    print(f"PostgreSQL stopped and started three times under four reviewers: {len(acknowledged)} decisions acknowledged, none lost, "
          f"{len(refused)} refused meanwhile with {sorted(told)}, work went on by itself", flush=True)


def main(flips):
    seed = random.randrange(1 << 30)
    print(f"seed {seed}; {common.PROGRAM}")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pourparler-faults-"))
    articles(folder / "one.jsonl", [0])
    articles(folder / "news.jsonl", range(12))
    failed = []
    tries = [full_disk, read_only, locked, clock, lambda folder: damage(folder, flips, random.Random(seed)), restarted]
    try:
        for attempt in tries:
            try:
                attempt(folder)
            except Failed as e:
                failed.append(str(e))
                print(f"FAILED: {e}", flush=True)
        if failed:
            sys.exit(1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
