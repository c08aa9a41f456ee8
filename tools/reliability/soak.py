"""An hour and more of `watch` and `serve` over one ledger: a feed that announces a new article every few seconds, readers who go
through the pages, and the memory of both programs. In the first quarter of the time the record grows, and memory with it; then the feed
announces nothing new, and memory has to stay flat.

    tools/reliability/run soak [SECONDS]
"""

import http.server
import pathlib
import random
import shutil
import sys
import tempfile
import threading
import time
from xml.sax.saxutils import escape

import common
from common import Failed, Served, article, kill, run, start, verified

PAGES = ["/", "/matrix", "/issues", "/actors", "/timeline", "/articles", "/review", "/search?text=truce", "/brief", "/network"]


def memory(process):
    """Resident memory in MB."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def feed_server(every, until):
    began = time.monotonic()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            now = int(min(time.monotonic() - began, until) / every) + 1
            if self.path == "/feed":
                items = "".join(f"<item><title>Talks, part {n}</title><link>http://127.0.0.1:{port}/{n}</link><guid>{n}</guid></item>"
                                for n in range(max(0, now - 40), now))
                body, kind = f"<rss version='2.0'><channel><title>Lake Wire</title>{items}</channel></rss>", "application/rss+xml"
            elif self.path.strip("/").isdigit():
                n = int(self.path.strip("/"))
                told = article(n, random.Random(n))
                lines = "".join(f"<p>{escape(line)}</p>" for line in told["text"].split("\n"))
                body = (f"<html><head><title>{told['title']}</title><meta property='article:published_time' "
                        f"content='{told['published']}'></head><body><article><h1>{told['title']}</h1>{lines}</article></body></html>")
                kind = "text/html; charset=utf-8"
            else:
                self.send_error(404)
                return
            body = body.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return port


def main(seconds):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pourparler-soak-"))
    ledger = folder / "talks.db"
    common.articles(folder / "one.jsonl", [100_000])
    run("add", folder / "one.jsonl", "--ledger", ledger)
    port = feed_server(10, seconds / 4)
    told = open(folder / "watch.log", "w")
    watch = common.subprocess.Popen(
        [common.PROGRAM, "watch", f"http://127.0.0.1:{port}/feed", "--ledger", str(ledger), "--allow-host", "127.0.0.1", "--every", "1m"],
        stdout=told, stderr=told)
    served = Served(str(ledger))
    errors, requests, ended = [], [0], threading.Event()

    def read(n):
        rng, connection = random.Random(n), served.connection()
        while not ended.is_set():
            try:
                status, answer = served.call("GET", rng.choice(PAGES), connection=connection)
                requests[0] += 1
                if status != 200:
                    errors.append((status, answer))
            except Exception as e:  # noqa: BLE001: whatever it is, it is an error
                errors.append((0, repr(e)))
                connection = served.connection()
            time.sleep(rng.expovariate(0.5))

    readers = [threading.Thread(target=read, args=(n,), daemon=True) for n in range(5)]
    for reader in readers:
        reader.start()
    samples, began = [], time.monotonic()
    while time.monotonic() - began < seconds:
        time.sleep(min(10, seconds / 20))
        if watch.poll() is not None or served.process.poll() is not None:
            raise Failed("a program ended: " + (folder / "watch.log").read_text()[-2000:])
        samples.append((time.monotonic() - began, memory(watch), memory(served.process)))
        if len(samples) % 30 == 0:
            print(f"{samples[-1][0]:7.0f} s  watch {samples[-1][1]:7.1f} MB  serve {samples[-1][2]:7.1f} MB", flush=True)
    ended.set()
    for reader in readers:
        reader.join(timeout=60)
    served.end()
    watch.terminate()
    watch.wait(timeout=120)
    verified(ledger)
    counts = run("verify", "--ledger", ledger).stdout.splitlines()[0]
    print(f"{seconds} s: {counts}; {requests[0]} requests, {len(errors)} errors {errors[:2]}")
    for name, column in (("watch", 1), ("serve", 2)):
        at = lambda share: samples[int(share * (len(samples) - 1))][column]
        print(f"  {name}: {at(0.1):.1f} MB after a tenth, {at(0.3):.1f} when the record had grown, {at(0.5):.1f} at half, {at(1):.1f} at the end, "
              f"most {max(s[column] for s in samples):.1f}")
    if errors:
        raise Failed("errors")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3700)
