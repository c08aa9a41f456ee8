"""The tagger on GUM's news, whose discourse annotation marks clauses of attribution.

  gum.py articles SHARED [GENRE]             the genre's texts (news unless told) as articles, one a line
  gum.py score SHARED PRED.jsonl [GENRE]     PRED.jsonl is what `evaluate.py attributions` makes of the program's output

GUM says which elementary unit attributes ("he said") and to which unit; it marks neither sources nor whole contents, and no
attribution inside a unit. So: a unit of attribution is found if a cue lies in it and its content reaches into the unit that it
attributes (recall); a predicted attribution with its cue in a unit that attributes nothing counts as wrong (precision),
though many of those are right and only smaller than a unit.
"""
import json
import re
import sys
from pathlib import Path


def documents(shared, genre):
    """(name, text, units): each unit is (start, end, number of the unit that it attributes or None), by unit number."""
    for path in sorted((Path(shared) / "data/gum/dep").glob(f"GUM_{genre}_*.conllu")):
        text, units, current = "", {}, None
        for line in path.open(encoding="utf-8"):
            if line.startswith("# newpar") and not line.startswith("# newpar_block"):
                text = text.rstrip() + "\n\n" if text else ""
            columns = line.rstrip("\n").split("\t")
            if len(columns) != 10 or not re.fullmatch(r"\d+(-\d+)?", columns[0]):
                continue
            if "-" in columns[0]:
                last = int(columns[0].split("-")[1])
                form, misc, number = columns[1], columns[9], None
                skip = range(int(columns[0].split("-")[0]), last + 1)
            else:
                if int(columns[0]) == 1:
                    skip = ()
                number, form, misc = int(columns[0]), columns[1], columns[9]
            found = re.search(r"Discourse=([a-z-]+)(?:_m)?:(\d+)(?:->(\d+))?", misc)
            if found:
                relation, unit, head = found.group(1), int(found.group(2)), found.group(3)
                current = unit
                units[unit] = [len(text), len(text), int(head) if relation.startswith("attribution") and head else None]
            if number is not None and number in skip:
                continue
            text += form
            if current is not None:
                units[current][1] = len(text)
            if "SpaceAfter=No" not in misc:
                text += " "
        yield path.stem, text.rstrip(), units


def main():
    what, shared = sys.argv[1:3]
    if what == "articles":
        for name, text, _ in documents(shared, sys.argv[3] if len(sys.argv) > 3 else "news"):
            print(json.dumps({"id": name, "language": "en", "text": text}))
        return
    found = {(row := json.loads(line))["doc"]: row["attributions"] for line in open(sys.argv[3], encoding="utf-8")}
    gold = hit = predicted = inside = 0
    for name, _, units in documents(shared, sys.argv[4] if len(sys.argv) > 4 else "news"):
        overlap = lambda spans, unit: any(s < unit[1] and unit[0] < e for s, e in spans)
        attributing = [u for u in units.values() if u[2] is not None and u[2] in units]
        kept = [a for a in found[name] if a["cue"]]
        gold += len(attributing)
        hit += sum(any(overlap(a["cue"], u) and overlap(a["content"], units[u[2]]) for a in kept) for u in attributing)
        predicted += len(kept)
        inside += sum(any(overlap(a["cue"], u) for u in attributing) for a in kept)
    precision, recall = inside / predicted, hit / gold
    print(f"{gold} units of attribution, {predicted} attributions found; "
          f"precision {precision:.1%} recall {recall:.1%} F1 {2 * precision * recall / (precision + recall):.1%}")


if __name__ == "__main__":
    main()
