"""Saved news pages with known bodies: how well and how fast they are read, beside the Python package trafilatura.

  pages.py DIR [EXTRACT]          figures of both; `pip install trafilatura` for the peer, without it only ours
  pages.py DIR --worst [EXTRACT]  the pages with the lowest F1 of ours, with what is missing and what is too much
  pages.py DIR --lines [EXTRACT]  furniture in the page's whole text, line by line
  pages.py DIR --meta [EXTRACT]   title, byline, outlet, days, language and address of each page

DIR holds ground-truth.json and html/ID.html.gz, as scrapinghub's article-extraction-benchmark has them. EXTRACT is
the built example: cargo build --release -p pourparler-read --example extract. The scores are that benchmark's own:
shingles of four words, counted per page and made to sum to 1, precision and recall averaged over the pages, and the
deviation taken from 1000 bootstrap samples. Time is processor time on one core, unpacking left out.
"""
import collections
import glob
import gzip
import html.parser
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

WORD = re.compile(r"\w+")


def shingles(text, n=4):
    words = WORD.findall(text)
    return collections.Counter(tuple(words[i:i + n]) for i in range(max(1, len(words) - n + 1)) if words)


def counts(true, found):
    true, found = shingles(true), shingles(found)
    hit = sum((true & found).values())
    parts = hit, sum(found.values()) - hit, sum(true.values()) - hit
    return tuple(part / (sum(parts) or 1) for part in parts)


def metrics(pages):
    precision = statistics.mean(tp / (tp + fp) for tp, fp, _ in pages if tp + fp > 0)
    recall = statistics.mean(tp / (tp + fn) for tp, _, fn in pages if tp + fn > 0)
    exact = statistics.mean(fp == fn == 0 for _, fp, fn in pages)
    return 2 * precision * recall / (precision + recall), precision, recall, exact


def line(name, truth, found, seconds):
    pages = [counts(true["articleBody"], found.get(key, {}).get("articleBody", "")) for key, true in truth.items()]
    draw = random.Random(42)
    samples = [metrics(draw.choices(pages, k=len(pages))) for _ in range(1000)]
    parts = [f"{label} {value:.3f} ± {statistics.stdev(column):.3f}" for label, value, column in
             zip(("F1", "precision", "recall", "exact"), metrics(pages), zip(*samples))]
    print(f"{name:12} {'  '.join(parts)}  {len(truth) / seconds:6.1f} pages/s")


def run(extract, paths, *flags):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run([extract, *flags, *paths], stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return json.loads(out.stdout), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(extract, paths):
    found, seconds = run(extract, paths)
    return found, seconds - run(extract, paths, "--unpack")[1]


def peer(paths):
    import trafilatura
    pages = {path.split("/")[-1].split(".")[0]: gzip.open(path, "rt", encoding="utf-8").read() for path in paths}
    began = time.process_time()
    found = {key: {"articleBody": trafilatura.extract(page, include_comments=False) or ""} for key, page in pages.items()}
    return found, time.process_time() - began


def worst(truth, found, most=12):
    scored = []
    for key, true in truth.items():
        tp, fp, fn = counts(true["articleBody"], found.get(key, {}).get("articleBody", ""))
        scored.append((2 * tp / (2 * tp + fp + fn), key))
    for score, key in sorted(scored)[:most]:
        true, got = (" ".join(WORD.findall(text)) for text in (truth[key]["articleBody"], found[key]["articleBody"]))
        print(f"\n{score:.3f} {key} {truth[key].get('url', '')} {found[key]['problems']}")
        for mark, text, other in (("-", truth[key]["articleBody"], got), ("+", found[key]["articleBody"], true)):
            for part in text.split("\n"):
                if part.strip() and " ".join(WORD.findall(part)) not in other:
                    print("  ", mark, part[:150])


class Lines(html.parser.HTMLParser):
    """The visible text of a page, a line a block element."""
    BLOCKS = set("address article aside blockquote body br center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 "
                 "header hr li main nav ol p pre section table tr ul".split())
    UNSEEN = set("head script style noscript template svg iframe select option textarea".split())

    def __init__(self):
        super().__init__()
        self.parts, self.unseen = [], []

    def handle_starttag(self, tag, attrs):
        if tag in self.UNSEEN:
            self.unseen.append(tag)
        self.parts.append("\n" if tag in self.BLOCKS else " " if tag in ("td", "th") else "")

    def handle_endtag(self, tag):
        if tag in self.unseen:
            del self.unseen[self.unseen.index(tag):]
        self.parts.append("\n" if tag in self.BLOCKS else "")

    def handle_data(self, data):
        if not self.unseen:
            self.parts.append(data.replace("\n", " "))


def whole_text(path):
    reader = Lines()
    reader.feed(gzip.open(path, "rt", encoding="utf-8").read())
    return "\n".join(" ".join(line.split()) for line in "".join(reader.parts).split("\n") if line.strip())


def lines(truth, paths, extract):
    """Furniture in the whole text of pages, each half by itself: a half to work on, shown, and a half to report."""
    with tempfile.TemporaryDirectory() as folder:
        texts = []
        for path in paths:
            texts.append(f"{folder}/{path.split('/')[-1].split('.')[0]}.txt.gz")
            with gzip.open(texts[-1], "wt", encoding="utf-8") as out:
                out.write(whole_text(path))
        found, _ = run(extract, texts)
    for half in (0, 1):
        total = collections.Counter()
        for key in sorted(truth)[half::2]:
            page = found.get(key, {})
            true = " ".join(WORD.findall(truth[key]["articleBody"].lower()))
            whole = {" ".join(WORD.findall(text.lower())) for text in truth[key]["articleBody"].split("\n")}
            marked = collections.Counter(page.get("furniture", []))
            for text in filter(None, map(str.strip, page.get("text", "").split("\n"))):
                words = " ".join(WORD.findall(text.lower()))
                # Single words of a menu stand in nearly every story; they count as the story's where they are a line of it.
                kind = "story" if words and (words in whole or len(words.split()) >= 4 and words in true) else "other"
                is_marked = marked[text] > 0
                marked[text] -= is_marked
                for name in (kind, kind + " marked") if is_marked else (kind,):
                    total[name] += 1
                    total[name + " words"] += len(words.split())
                if half == 0 and is_marked == (kind == "story"):
                    print("  lost:" if is_marked else "  left:", text[:140])
        share = lambda part, whole: total[part] / max(1, total[whole])
        marked = total["story marked"] + total["other marked"]
        print(f"half {half}: {marked} lines marked, precision {total['other marked'] / max(1, marked):.3f}; furniture found "
              f"{share('other marked', 'other'):.3f} of {total['other']} lines, {share('other marked words', 'other words'):.3f} of words; story "
              f"lost {total['story marked']} of {total['story']} lines, {share('story marked words', 'story words'):.4f} of words")


def main():
    args = [arg for arg in sys.argv[1:] if not arg.startswith("--")]
    flags = [arg for arg in sys.argv[1:] if arg.startswith("--")]
    if not args:
        sys.exit(__doc__)
    extract = args[1] if len(args) > 1 else "target/release/examples/extract"
    truth = json.load(open(f"{args[0]}/ground-truth.json"))
    paths = sorted(path for path in glob.glob(f"{args[0]}/html/*.html.gz") if path.split("/")[-1].split(".")[0] in truth)
    if "--lines" in flags:
        return lines(truth, paths, extract)
    found, seconds = ours(extract, paths)
    if "--worst" in flags:
        worst(truth, found)
    elif "--meta" in flags:
        for key, page in found.items():
            print(key[:8], truth[key].get("url", ""), *(f"   {name}: {page.get(name)}" for name in
                  ("title", "byline", "outlet", "published", "modified", "language", "url")), sep="\n")
    else:
        line("ours", truth, found, seconds)
        try:
            line("trafilatura", truth, *peer(paths))
        except ImportError:
            print("no peer: pip install trafilatura")


if __name__ == "__main__":
    main()
