"""What a tagger tells of statements whose spans are known: python -m pourparler_training.told RUN [PART]

Shares of acts and of stances (where the issue is known) that are right on a part of the corpus, and F1 of issues by where the bar is set.
"""
import argparse
from pathlib import Path

import torch

from . import data
from .model import about, by_parts, load, split, tokenizer
from .train import archive, tensors


@torch.no_grad()
def subjects(model, tok, issues):
    """One row of 65 numbers for each issue."""
    rows = []
    for label, words in issues.values():
        x, _ = tensors([data.subject_window(tok, data.subject(label, words))])
        rows.append(split(model(**x))[3][3][0, 1:-1].mean(0))
    return torch.stack(rows)


@torch.no_grad()
def told(model, tok, part, shared, by_words=False):
    """For each statement: scores of acts, of stances, of issues, and the gold's act and {issue: stance}."""
    issues = data.issues()
    rows = subjects(model, tok, issues) if by_words else model.known.weight
    out = []
    for _, text, gold in data.house(shared, part):
        for window in (data.label(w, gold) for w in data.windows(tok, text)):
            if not window.statements:
                continue
            window.house = True
            acts, stances, topic, _ = split(model(**tensors([window])[0]))[3]
            for cue, content, act, positions in window.statements:
                if content:
                    scores = about(topic[0, content].mean(0)[None], rows)[0]
                    out.append((by_parts(acts[0], cue, content), by_parts(stances[0], cue, content), scores, act, positions))
    return out, list(issues)


def issue_f1(found, order, bar, only=None):
    right = said = gold = 0
    for _, _, scores, _, positions in found:
        taken = {order[i] for i in (scores > bar).nonzero().flatten().tolist()}
        own = set(positions)
        if only:
            taken, own = taken & only, own & only
        right, said, gold = right + len(taken & own), said + len(taken), gold + len(own)
    return 2 * right / max(said + gold, 1)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("run", type=Path)
    p.add_argument("part", nargs="?", default="dev")
    p.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    p.add_argument("--only", nargs="*", help="issues to look at alone")
    a = p.parse_args()
    found, order = told(load(a.run), tokenizer(archive()), a.part, a.shared)
    acts = sum(scores.argmax().item() == act for scores, _, _, act, _ in found)
    places = [(scores, s) for _, scores, _, _, positions in found for s in positions.values()]
    stances = sum(scores.argmax().item() == s for scores, s in places)
    print(f"{a.run.name} on {a.part}: acts {acts / len(found):.3f} of {len(found)}, stances {stances / len(places):.3f} of {len(places)}")
    only = set(a.only) if a.only else None
    bars = (-2, -1.5, -1, -0.5, 0, 0.5)
    print("issues: " + "  ".join(f"bar {bar:.1f} F1 {issue_f1(found, order, bar, only):.3f}" for bar in bars))
    found, _ = told(load(a.run), tokenizer(archive()), a.part, a.shared, by_words=True)
    print("by their words alone: " + "  ".join(f"bar {bar:.1f} F1 {issue_f1(found, order, bar, only):.3f}" for bar in bars))


if __name__ == "__main__":
    main()
