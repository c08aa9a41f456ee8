"""Writes what this side makes of some paragraphs, for the program's test: python -m pourparler_training.parity FOLDER"""
import json
import sys
from pathlib import Path

from .data import windows
from .model import tokenizer
from .train import archive

# Our own sentences, one difficulty each.
PARAGRAPHS = [
    "“We are close,” Ilva Rast said, “very close.”",
    "Talks will go on,” the envoy told the Sarn Courier on Monday.",
    "‘The dam is ours,’ he said. ‘It always was.’ The countries' envoys didn't answer; it isn't o'clock yet.",
    "\"No,\" said the minister. \"Never\"",
    "„Wir warten“, said Béla Ørsted-Žák; «nous aussi», added his aide.",
    "EU and NATO officials (who asked not to be named) said: \"[The text] is … ready\" — 🎉 e\u0301tude, naïve.",
    "”We are afraid of it,” she said. »Wir nicht«, sagte er. “Nor we“, said a third.",
    "''It isn't over,'' he said. ``We 'll see,'' said she; ‘‘so be it’’.",
    "She called it a “special zone” and left.",
    "A paragraph that opens “and never closes, as reporters do when a quotation goes on",
    "שלום said the sign.",
    "word " * 260 + "end. " + "more words follow here " * 30,
]


def main():
    folder = Path(sys.argv[1])
    text = "\n\n".join(PARAGRAPHS) + "\r\n"
    rows = [{"ids": w.ids, "case": w.case, "quote": w.quote, "first": w.first, "starts": w.starts[1:-1],
             "spans": [list(o) for o in w.offsets[1:-1]], "paragraph": w.paragraph[1:-1]}
            for w in windows(tokenizer(archive()), text)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "view.json").write_text(json.dumps({"text": text, "windows": rows}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
