"""What the tries of reliability share: the program, invented articles, a PostgreSQL server, and calls of the API."""

import atexit
import http.client
import json
import os
import pathlib
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("POURPARLER", str(ROOT / "target/release/pourparler"))
SPEAKERS = ["Ana Oren", "Ludo Bram", "Mira Quist", "Oren Tal", "Ivo Senn", "Élise Nóvak"]
OFFICES = ["foreign minister", "spokesman", "envoy", "trade minister"]
PARTIES = ["Oria", "Tarn", "Lumé", "Ostland"]
WORDS = ["the truce holds until spring", "the toll on the coastal road must go", "the guards would leave the bridge",
         "no prisoner had been exchanged", "the talks in Sarn would go on", "the water of the lake belongs to both"]


class Failed(Exception):
    """Something that must not happen."""


def article(n, rng):
    """An invented article number `n`, like no other."""
    lines = []
    for _ in range(4):
        who, what = rng.choice(SPEAKERS), rng.choice(WORDS)
        lines.append(f"“{what[0].upper()}{what[1:]}, and day {n} of the talks changes nothing,” {who}, "
                     f"{rng.choice(PARTIES)}'s {rng.choice(OFFICES)}, told reporters.")
        lines.append(f"{rng.choice(SPEAKERS)} said that {rng.choice(WORDS)} after {rng.randrange(2, 90)} hours.")
    day = f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
    return {"id": f"a{n}", "title": f"Talks, part {n}", "outlet": rng.choice(["Oria Daily", "Lake Wire"]),
            "published": day, "text": "\n".join(lines)}


def articles(path, numbers, seed=1):
    """Writes articles as JSON lines."""
    rng = random.Random(seed)
    with open(path, "w", encoding="utf-8") as out:
        for n in numbers:
            out.write(json.dumps(article(n, rng), ensure_ascii=False) + "\n")


def run(*args, check=True, env=None, timeout=600):
    """Runs the program and gives what it did."""
    done = subprocess.run([PROGRAM, *map(str, args)], capture_output=True, text=True, timeout=timeout,
                          env={**os.environ, **(env or {})})
    if check and done.returncode != 0:
        raise Failed(f"{' '.join(map(str, args))}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    if "panicked" in done.stderr:
        raise Failed(f"{' '.join(map(str, args))}: a panic\n{done.stderr[-2000:]}")
    return done


def start(*args, **more):
    """Starts the program."""
    return subprocess.Popen([PROGRAM, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


def kill(process):
    """Ends a program as a failing machine would."""
    process.send_signal(signal.SIGKILL)
    process.communicate()


class Served:
    """The workspace over a ledger, on a free port."""

    def __init__(self, ledger, *more):
        self.process = start("serve", "--ledger", ledger, "--listen", "127.0.0.1:0", *more)
        line = self.process.stdout.readline()
        if "http" not in line:
            raise Failed("the workspace did not start: " + line + self.process.stderr.read())
        # The ledger's own address stands before it.
        self.port = int(line.rsplit("http://127.0.0.1:", 1)[1].split("/")[0])
        # Nobody reads what it says after that; it must not wait for that.
        os.set_blocking(self.process.stderr.fileno(), False)

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def call(self, method, path, body=None, connection=None, headers=None):
        """Gives status and JSON."""
        connection = connection or self.connection()
        sent = {"Accept": "application/json", **(headers or {})}
        if body is not None:
            sent |= {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{self.port}"}
        connection.request(method, path, json.dumps(body) if body is not None else None, sent)
        answer = connection.getresponse()
        text = answer.read()
        try:
            return answer.status, json.loads(text) if text else None
        except ValueError:
            return answer.status, text.decode(errors="replace")

    def end(self):
        self.process.terminate()
        self.process.communicate(timeout=60)


class Postgres:
    """Debian's server on a free port, with everything written through to the disk as in earnest."""

    def __init__(self):
        versions = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
        if not versions:
            sys.exit("PostgreSQL is not installed here: apt-get install postgresql")
        self.programs = versions[-1]
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pourparler-postgres-"))
        self.user = pwd.getpwnam("postgres") if os.getuid() == 0 else None
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.data = self.folder / "data"
        self.command("initdb", "--auth=trust", "--username=pourparler", "--encoding=UTF8", "--no-locale", "-D", self.data)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()
        atexit.register(self.end)

    def command(self, name, *args, check=True):
        more = {"user": self.user.pw_uid, "group": self.user.pw_gid} if self.user else {}
        return subprocess.run([self.programs / name, *map(str, args)], check=check, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, cwd="/", **more)

    def start(self):
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
        self.command("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-o", options, "-w", "start")

    def stop(self, mode="fast"):
        self.command("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop", check=False)

    def end(self):
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def psql(self, sql, database="postgres"):
        done = subprocess.run([self.programs / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "pourparler", "-d",
                               database, "-Atqc", sql], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def fresh(self):
        """The address of a schema of its own, where nothing is yet."""
        name = f"t{time.time_ns()}"
        self.psql(f"CREATE SCHEMA {name}")
        return f"postgres://pourparler@127.0.0.1:{self.port}/postgres?options=-csearch_path%3D{name}"


def verified(ledger):
    """That nothing is wrong with a ledger, its log among it."""
    done = run("verify", "--ledger", ledger, check=False)
    if done.returncode != 0:
        raise Failed(f"{ledger} is not as it was stored:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def record(ledger):
    """All statements of a ledger, in one order."""
    lines = run("export", "jsonl", "--ledger", ledger, check=False).stdout.splitlines()
    return sorted(lines)
