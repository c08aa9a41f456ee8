"""Fits what single words tell of the built-in issues: python -m pourparler_training.issues OUT.safetensors [--dev]

A logistic regression for each issue on the wordpieces of contents, from the corpus's train part, the examples and the articles in the
manner of agencies. The program adds it to what the dossier's own words show. With --dev, prints F1 on gold contents of dev, by these words alone.
"""
import argparse
from collections import Counter
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn.functional import binary_cross_entropy_with_logits

from . import data
from .export import quantised
from .heads import fit
from .model import tokenizer
from .train import archive

PENALTY = 1.0


def contents(tok, articles, order):
    """For each statement the set of its content's pieces, and 0 or 1 for each issue."""
    sets, taken = [], []
    for _, text, statements in articles:
        for s in statements:
            words = " ".join(text[a:b] for a, b in s["content"])
            sets.append(set(tok.encode(words, add_special_tokens=False).ids))
            own = {p["issue"] for p in s["positions"]}
            taken.append([float(issue in own) for issue in order])
    return sets, torch.tensor(taken)


def rows(sets, column):
    x = torch.zeros(len(sets), len(column))
    for row, pieces in zip(x, sets):
        row[[column[p] for p in pieces if p in column]] = 1
    return x


def main():
    p = argparse.ArgumentParser()
    p.add_argument("out", type=Path)
    p.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    p.add_argument("--dev", action="store_true")
    a = p.parse_args()
    tok, order = tokenizer(archive()), list(data.issues())
    sets, y = contents(tok, data.house(a.shared, "train") + data.whole("agency"), order)
    counts = Counter(piece for pieces in sets for piece in pieces)
    pieces = sorted(piece for piece, n in counts.items() if n > 1)
    column = {piece: k for k, piece in enumerate(pieces)}
    # Rare words tell more: they may weigh more at the same penalty.
    rarity = torch.tensor([(len(sets) / counts[piece]) ** 0.25 for piece in pieces]) / 3
    x = rows(sets, column) * rarity
    w, b = fit(x, y, len(order), PENALTY, binary_cross_entropy_with_logits, steps=80)
    weights, scales = quantised(w * rarity, 1, 127)
    save_file({"weights": weights.contiguous(), "scales": scales, "bias": b, "pieces": torch.tensor(pieces, dtype=torch.int32)},
              a.out, metadata={"issues": " ".join(order)})
    print(f"{a.out}: {a.out.stat().st_size / 1e3:.0f} kB, {len(pieces)} pieces, {len(order)} issues")
    if a.dev:
        sets, y = contents(tok, data.house(a.shared, "dev"), order)
        z = rows(sets, column) @ (weights.float() * scales[:, None]).T + b
        for bar in (-2, -1.5, -1, -0.5):
            found = (z > bar).float()
            print(f"bar {bar}: F1 {2 * (found * y).sum() / (found.sum() + y.sum()):.3f}")


if __name__ == "__main__":
    main()
