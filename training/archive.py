"""How reading and finding copies scale: web archives of made-up pages through `pourparler copies`.

    python training/archive.py [PAGES ...]      # 25000 100000, unless told otherwise

For each number of pages a WARC of gzip members is written to a temporary file: short articles put together from made-up
sentences, one page in ten a copy of an earlier one (cut, or under another headline). The program reads it, and the
table has the largest memory of the process, processor time, and the groups that it found. The program must be built:
`cargo build --release`.
"""

import gzip
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = Path(__file__).parent.parent / "target/release/pourparler"

# No more than three words in a row are the same from article to article, so that only the copies are alike.
WHO = ["the foreign minister", "a spokesman", "the envoy", "a diplomat", "the mediator", "an official"]
SAID = ["said that", "warned that", "denied that", "insisted that", "promised that"]
WHAT = ["the harbour", "the border post", "the prisoners", "the ceasefire", "the water treaty", "the second round"]
HOW = ["would be discussed", "was agreed", "was refused", "stays closed", "depends on"]


def words(rng):
    return "".join(rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in range(rng.randint(2, 4)))


def sentence(rng):
    one = (f"{rng.choice(WHO)} {words(rng).title()} {rng.choice(SAID)} {words(rng)} {rng.choice(WHAT)} {words(rng)} "
           f"{rng.choice(HOW)} {words(rng)} {rng.randint(2, 90)} {words(rng)}.")
    return one[0].upper() + one[1:]


def article(rng):
    return [" ".join(sentence(rng) for _ in range(4)) for _ in range(5)]


def page(title, paragraphs):
    body = "".join(f"<p>{p}</p>\n" for p in paragraphs)
    return (f"<!DOCTYPE html><html lang=en><head><title>{title}</title></head><body><nav><a href=/>Home</a> <a href=/world>World</a></nav>"
            f"<article><h1>{title}</h1>\n{body}</article><footer>All rights reserved</footer></body></html>")


def record(number, html):
    response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n")
    return gzip.compress(head.encode() + response + b"\r\n\r\n", 1)


def write(path, pages):
    rng = random.Random(1)
    kept = []
    copies = 0
    with open(path, "wb") as out:
        for number in range(pages):
            if kept and number % 10 == 0:
                paragraphs = rng.choice(kept)
                paragraphs = paragraphs[: rng.choice([4, 5])]
                copies += 1
            else:
                paragraphs = article(rng)
                # Copies are made of early articles, too: memory must hold for those as well.
                if len(kept) < 5000 or rng.random() < 0.01:
                    kept.append(paragraphs)
            out.write(record(number, page(f"Talks on {words(rng)} {words(rng)}", paragraphs)))
    return copies


def main():
    sizes = [int(a) for a in sys.argv[1:]] or [25_000, 100_000]
    print("| pages | archive, MB | copies made | found | memory, MB | processor, s | pages a second |")
    print("|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    for pages in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "archive.warc.gz"
            copies = write(path, pages)
            child = subprocess.Popen([PROGRAM, "copies", path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            told = child.stderr.read()
            _, _, used = os.wait4(child.pid, 0)
            seconds = used.ru_utime + used.ru_stime
            found = told.strip().splitlines()[-1]
            print(f"| {pages:,} | {path.stat().st_size / 1e6:.0f} | {copies:,} | {found} | {used.ru_maxrss / 1024:.0f} | "
                  f"{seconds:.0f} | {pages / seconds:.0f} |", flush=True)


if __name__ == "__main__":
    main()
