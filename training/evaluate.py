"""Between the scorers' forms and the program's.

  evaluate.py articles SHARED      PolNeAR dev as article objects, one a line
  evaluate.py corpus SHARED        the same of the corpus's dev part
  evaluate.py attributions FILE    statements of `pourparler read --format jsonl` as the attribution scorer wants them
  evaluate.py log FIGURES RUN      a line for runs.tsv, from what the attribution scorer put into FIGURES (--json) and a run's folder
"""
import json
import sys
from pathlib import Path

FIGURES = ["attr", "attr@direct", "attr@mixed", "attr@indirect", "content.ov", "content.exact",
           "token.source", "token.cue", "token.content"]


def main():
    what, path = sys.argv[1:3]
    if what == "articles":
        sys.path.insert(0, f"{path}/score")
        import polnear
        for stem in polnear.stems("dev"):
            print(json.dumps({"id": stem, "language": "en", "text": polnear.text("dev", stem)}))
    elif what == "corpus":
        from pourparler_training.data import house
        for name, text, _ in house(Path(path), "dev"):
            print(json.dumps({"id": name, "language": "en", "text": text}))
    elif what == "log":
        figures, run = json.loads(Path(path).read_text()), Path(sys.argv[3])
        config = json.loads((run / "config.json").read_text())
        columns = [run.name, *(config["shape"][k] for k in ("layers", "heads", "inner")),
                   *(config[k] for k in ("passes", "rate", "seed")), "+".join(config["teachers"]) or "-"]
        print("\t".join(map(str, columns + [f"{100 * figures[name]['f1']:.1f}" for name in FIGURES])))
    else:
        for line in open(path, encoding="utf-8"):
            found = json.loads(line)
            spans = [{role: s[role] for role in ("source", "cue", "content")} for s in found["statements"]]
            print(json.dumps({"doc": found["article"]["id"], "attributions": spans}))


if __name__ == "__main__":
    main()
