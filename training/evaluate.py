"""Between the scorers' forms and the program's.

  evaluate.py articles SHARED      PolNeAR dev as article objects, one a line
  evaluate.py attributions FILE    statements of `pourparler read --format jsonl` as the attribution scorer wants them
"""
import json
import sys


def main():
    what, path = sys.argv[1:]
    if what == "articles":
        sys.path.insert(0, f"{path}/score")
        import polnear
        for stem in polnear.stems("dev"):
            print(json.dumps({"id": stem, "language": "en", "text": polnear.text("dev", stem)}))
    else:
        for line in open(path, encoding="utf-8"):
            found = json.loads(line)
            spans = [{role: s[role] for role in ("source", "cue", "content")} for s in found["statements"]]
            print(json.dumps({"doc": found["article"]["id"], "attributions": spans}))


if __name__ == "__main__":
    main()
