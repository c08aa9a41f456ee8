"""Speakers, parties, dates, chains and issues where the spans are those of gold, so that errors of the tagger do not count.

usage: python resolved.py SHARED [PART …]      the parts of the corpus, by default train, dev and test
       with ERRORS=FILE in the environment, every wrong speaker or party is written there (not those of test)
"""
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from pourparler_training.data import house  # noqa: E402


def articles(shared):
    """What is known of the articles beside their texts, by text."""
    known = {}
    for path in sorted((shared / "data/news").glob("*.jsonl")):
        for line in path.open(encoding="utf-8"):
            one = json.loads(line)
            known[one["text"]] = {k: v for k, v in one.items() if k in ("id", "text", "title", "outlet", "published", "url")}
    return known


def main():
    shared = Path(sys.argv[1])
    sys.path.insert(0, str(shared / "score"))
    import score_statements as scorer

    known = articles(shared)
    errors = open(os.environ["ERRORS"], "w", encoding="utf-8") if "ERRORS" in os.environ else None
    for part in sys.argv[2:] or ["train", "dev", "test"]:
        golds = {}
        for name, text, statements in house(shared, part):
            article = {**known.get(text, {}), "id": name, "text": text}
            golds[name] = {"article": article, "statements": statements}
        lines = "".join(json.dumps(g) + "\n" for g in golds.values())
        command = ["cargo", "run", "--release", "--quiet", "--manifest-path", HERE / "../Cargo.toml", "-p", "pourparler-extract", "--example", "resolve"]
        printed = subprocess.run(command, input=lines, capture_output=True, check=True, text=True).stdout
        found = {p["article"]["id"]: p for p in map(json.loads, printed.splitlines())}
        r = scorer.score(golds, found)
        shares = {k: 100 * v["share"] for k, v in r["matched"].items()}
        of = r["content"]["gold"]
        print(f"{part}: {of} statements; speaker {100 * r['speaker']['tp'] / of:.1f}, statement {100 * r['statement']['tp'] / of:.1f}, "
              + ", ".join(f"{k} {shares[k]:.1f}" for k in ("kind", "party", "said_on", "via"))
              + f", issues {100 * r['issue']['F1']:.1f}")
        if errors and part != "test":
            for name, gold in golds.items():
                tell(scorer, errors, part, name, gold, found[name])


def tell(scorer, errors, part, name, gold, found):
    """Writes the wrong speakers and parties of one article."""
    text = gold["article"]["text"]
    for a, b, _ in scorer.match(text, gold["statements"], found["statements"]):
        s, t = a["speaker"], b["speaker"]
        own = s["name"] if s["kind"] in ("organisation", "group", "country") else None
        right = scorer.same_name(s["name"], t["name"], s["party"]), scorer.same_party(s["party"], t["party"], own)
        if all(right) and s["kind"] == t["kind"]:
            continue
        words = " … ".join(text[x:y] for x, y in a["source"])
        at = (a["cue"] or a["source"] or a["content"])[0][0]
        near = text[max(0, at - 150):at + 100].replace("\n", " ¶ ")
        print(json.dumps({"part": part, "article": name, "wrong": [w for w, ok in zip(["name", "party"], right) if not ok], "source": words,
                          "gold": [s["name"], s["kind"], s["role"], s["party"]], "found": [t["name"], t["kind"], t["role"], t["party"]], "near": near}, ensure_ascii=False), file=errors)


if __name__ == "__main__":
    main()
