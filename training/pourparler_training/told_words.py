"""Fits what words tell of acts and stances: python -m pourparler_training.told_words OUT.safetensors [--dev]

Two logistic regressions on the wordpieces of cue and content and on what the program's rules say: of acts from every statement whose act
is known, of stances from the corpus's train part and the examples alone, since the others' make them no better. What the rules say comes from the
crate's example `by_words`. The program adds them to the tagger's scores. With --dev, prints what is right there by them alone.
"""
import argparse
import json
import re
import subprocess
from collections import Counter
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn.functional import cross_entropy

from . import data
from .export import quantised
from .heads import fit
from .model import tokenizer
from .train import archive

ROOT = Path(__file__).resolve().parents[2]
QUOTATIONS = ("direct", "indirect", "mixed")
FEW = 2  # pieces that stand in so many examples or less tell nothing
LENGTHS, STEP = 7, 8  # buckets of the content's pieces, and how many are in one
PENALTY = {"acts": 1.0, "stances": 2.0}  # chosen on dev


def statements(articles):
    """Every statement of the articles with its words, what the rules say of it, and the gold's act and stances."""
    found = []
    for _, text, gold in articles:
        for s in gold:
            words = lambda name: " … ".join(text[a:b] for a, b in s[name])
            found.append({"cue": words("cue"), "content": words("content"), "quotation": quotation(words("content")), "context": "",
                          "act": s["act"], "stances": {p["issue"]: p["stance"] for p in s["positions"]}})
    command = ["cargo", "run", "--release", "--quiet", "--manifest-path", ROOT / "Cargo.toml", "-p", "pourparler-extract",
               "--example", "by_words"]
    lines = "".join(json.dumps(s) + "\n" for s in found)
    rules = subprocess.run(command, input=lines, capture_output=True, check=True, text=True).stdout.splitlines()
    return [s | {"rules": json.loads(line)} for s, line in zip(found, rules, strict=True)]


def quotation(words):
    """How a content is quoted, by the marks in it."""
    inside, kinds = False, set()
    for part in re.finditer(r"[\"“”«»]|\w+", words):
        if part[0] in "\"“”«»":
            inside = part[0] in "“«" or part[0] == '"' and not inside
        else:
            kinds.add(inside)
    return "mixed" if len(kinds) == 2 else "direct" if True in kinds else "indirect"


def act_signs(s, pieces):
    """The signs of an act beside the words: the rules' act, the quotation, how long the content is, whether it asks."""
    length = min(len(pieces(s["content"])) // STEP, LENGTHS - 1)
    at = [data.ACTS.index(s["rules"]["act"]), len(data.ACTS) + QUOTATIONS.index(s["quotation"]),
          len(data.ACTS) + len(QUOTATIONS) + length]
    return at + ([len(data.ACTS) + len(QUOTATIONS) + LENGTHS] if "?" in s["content"] else [])


ACT_SIGNS = len(data.ACTS) + len(QUOTATIONS) + LENGTHS + 1


def stance_signs(s, issue, issues):
    """The signs of a stance beside the words: the rules' stance where words show the issue, the rules' act, the issue, and both."""
    acts, act = len(data.ACTS), data.ACTS.index(s["rules"]["act"])
    ruled = next((stance for i, _, stance in s["rules"]["issues"] if i == issue), None)
    base = len(data.STANCES) + 1
    found = [data.STANCES.index(ruled) if ruled else base - 1, base + act]
    if issue in issues:
        start = base + acts + issues.index(issue) * (acts + 1)
        found += [start, start + 1 + act]
    return found


def stance_size(issues):
    return len(data.STANCES) + 1 + len(data.ACTS) + len(issues) * (len(data.ACTS) + 1)


class Words:
    """Columns of the pieces that cues and contents of the training examples have more than once."""

    def __init__(self, examples):
        self.tables, self.scales = {}, {}
        for name in ("cue", "content"):
            counts = Counter(p for e in examples for p in e[name])
            self.tables[name] = sorted(p for p, n in counts.items() if n > FEW)
            # Rare words tell more: they may weigh more at the same penalty.
            self.scales[name] = torch.tensor([min(1.0, (len(examples) / counts[p]) ** 0.25 / 3) for p in self.tables[name]])

    def rows(self, examples, signs):
        """The examples as rows: cue, content, signs."""
        parts = []
        for name, pieces in self.tables.items():
            column = {p: k for k, p in enumerate(pieces)}
            x = torch.zeros(len(examples), len(pieces))
            for row, e in zip(x, examples):
                row[[column[p] for p in e[name] if p in column]] = 1
            parts.append(x * self.scales[name])
        x = torch.zeros(len(examples), signs)
        for row, e in zip(x, examples):
            row[e["signs"]] = 1
        return torch.cat([*parts, x], 1)


def examples(kind, found, tok, issues):
    pieces = lambda words: tok.encode(words, add_special_tokens=False).ids
    out = []
    for s in found:
        base = {"cue": set(pieces(s["cue"])), "content": set(pieces(s["content"]))}
        if kind == "acts":
            out.append(base | {"signs": act_signs(s, pieces), "gold": data.ACTS.index(s["act"])})
        else:
            out += [base | {"signs": stance_signs(s, issue, issues), "gold": data.STANCES.index(stance)}
                    for issue, stance in s["stances"].items()]
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("out", type=Path)
    p.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    p.add_argument("--dev", action="store_true")
    a = p.parse_args()
    tok, issues = tokenizer(archive()), list(data.issues())
    found = {"acts": statements(data.judged(a.shared)), "stances": statements(data.house(a.shared, "train"))}
    held = statements(data.house(a.shared, "dev")) if a.dev else []
    tensors = {}
    for kind, classes, signs in (("acts", data.ACTS, ACT_SIGNS), ("stances", data.STANCES, stance_size(issues))):
        train = examples(kind, found[kind], tok, issues)
        words = Words(train)
        gold = torch.tensor([e["gold"] for e in train])
        w, b = fit(words.rows(train, signs), gold, len(classes), PENALTY[kind], cross_entropy, steps=60)
        at = 0
        for name, pieces in words.tables.items():
            weights, scales = quantised(w[:, at:at + len(pieces)] * words.scales[name], 1, 127)
            tensors |= {f"{kind}.{name}.weights": weights.T.contiguous(), f"{kind}.{name}.scales": scales,
                        f"{kind}.{name}.pieces": torch.tensor(pieces, dtype=torch.int32)}
            at += len(pieces)
        tensors |= {f"{kind}.signs": w[:, at:].T.contiguous(), f"{kind}.bias": b}
        if a.dev:
            dev = examples(kind, held, tok, issues)
            right = (words.rows(dev, signs) @ w.T + b).argmax(1) == torch.tensor([e["gold"] for e in dev])
            print(f"{kind}: {right.float().mean():.3f} of {len(dev)} right on dev by words and rules alone")
    save_file(tensors, a.out, metadata={"issues": " ".join(issues)})
    print(f"{a.out}: {a.out.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
