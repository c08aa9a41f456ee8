"""Who said it, for whom, through whom and when, in short passages full of traps: python passages.py [PROGRAM] [--errors]

`corpus/passages.jsonl` names statements by the first words of their contents. Passages with odd numbers in their ids may be read while rules
are written, the others not: --errors tells of the odd ones alone.
"""
import json
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "shared/score"))
import score_statements as scorer  # noqa: E402

NEAR = 12  # code points that may lie between the beginnings of one content
PARTS = ("name", "party", "both", "kind", "via", "date")


def read(program, passages):
    lines = "".join(json.dumps({k: p[k] for k in ("id", "text", "published")}) + "\n" for p in passages)
    printed = subprocess.run([program, "read", "--format", "jsonl", "-"], input=lines, capture_output=True, check=True, text=True).stdout
    return {one["article"]["id"]: one["statements"] for one in map(json.loads, printed.splitlines())}


def counterpart(at, statements):
    """The statement whose content begins nearest to a place, or else covers it."""
    def distance(s):
        start = min(abs(a - at) for a, _ in s["content"])
        covers = any(a <= at < b for a, b in s["content"])
        return start if start < NEAR else 1000 + start if covers else None
    found = [(far, k) for k, s in enumerate(statements) if s["content"] and (far := distance(s)) is not None]
    return statements[min(found)[1]] if found else None


def right(gold, found):
    speaker, day = found["speaker"], found.get("said_on") or {}
    own = gold["speaker"] if gold["kind"] in ("organisation", "group", "country") else None
    plain = lambda names: [name.lower().removeprefix("the ") for name in names]
    name = scorer.same_name(gold["speaker"], speaker["name"], gold["party"])
    party = scorer.same_party(gold["party"], speaker["party"], own)
    dated = (gold["from"], gold["to"]) == (day.get("from"), day.get("to"))
    return dict(zip(PARTS, (name, party, name and party, gold["kind"] == speaker["kind"], plain(gold["via"]) == plain(found["via"]), dated)))


def main():
    errors = "--errors" in sys.argv
    named = [a for a in sys.argv[1:] if not a.startswith("--")]
    program = named[0] if named else HERE.parent / "target/release/pourparler"
    passages = list(map(json.loads, (HERE.parent / "corpus/passages.jsonl").open(encoding="utf-8")))
    answers = read(program, passages)
    counts = defaultdict(Counter)
    for passage in passages:
        area, number = passage["id"].rsplit("-", 1)
        half = "read" if int(number) % 2 else "unread"
        left = list(answers[passage["id"]])
        for gold in passage["statements"]:
            count = counts[area, half]
            count["all"] += 1
            found = counterpart(passage["text"].find(gold["words"]), left)
            if found is None:
                continue
            left.remove(found)
            count["found"] += 1
            verdict = right(gold, found)
            count.update(part for part, ok in verdict.items() if ok)
            wrong = [part for part, ok in verdict.items() if not ok and part != "both"]
            if errors and wrong and half == "read":
                told = {k: found[k] for k in ("speaker", "via", "said_on")}
                print(", ".join(wrong), passage["id"], passage["text"], gold, told, sep="\n    ")
    for (area, half), count in counts.items():
        shares = ", ".join(f"{part} {100 * count[part] / count['found']:.1f}" for part in PARTS)
        print(f"{area}, {half}: {count['all']} statements, {100 * count['found'] / count['all']:.1f}% found; of these {shares}")


if __name__ == "__main__":
    main()
