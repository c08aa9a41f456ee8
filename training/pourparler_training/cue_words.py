"""How often a word makes a statement where it stands: python -m pourparler_training.cue_words OUT.tsv [--shared DIR]

Of every word that is a cue, or a part of one, anywhere in the corpus's train part: the logarithm of the odds of its being one, with
half a case added to those and two to the others.
"""
import argparse
import collections
import math
import re
from pathlib import Path

from .data import house

WORD = re.compile(r"[\w’'-]+")
LEAST = 2  # occurrences as a cue


def stem(word):
    """A word without the endings of verbs and plurals; the same in the crate's `confidence.rs`."""
    word = word.lower()
    for end in ("ing", "ed", "es", "s"):
        if word.endswith(end) and len(word) - len(end) > 3:
            word = word[:-len(end)]
            break
    return word.rstrip("e")


def rates(shared):
    every, cues = collections.Counter(), collections.Counter()
    for _, text, statements in house(shared, "train"):
        every.update(stem(word) for word in WORD.findall(text))
        for statement in statements:
            for start, end in statement["cue"]:
                cues.update({stem(word) for word in WORD.findall(text[start:end])})
    others = lambda word: max(every[word] - cues[word], 0)
    return {word: math.log((n + 0.5) / (others(word) + 2)) for word, n in cues.items() if n >= LEAST}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("out", type=Path)
    p.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    a = p.parse_args()
    lines = [f"{word}\t{rate:.2f}\n" for word, rate in sorted(rates(a.shared).items())]
    a.out.write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} words")


if __name__ == "__main__":
    main()
