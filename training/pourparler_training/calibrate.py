"""Fits the tagger's confidence: python -m pourparler_training.calibrate SHARED TAGGED.jsonl [WEIGHTS.safetensors]

TAGGED.jsonl is what `tag` prints for PolNeAR dev. An attribution is right where the scorer says so: its content overlaps
the gold's by half or more and the sources agree. A logistic regression on the tagger's signals is fitted; what is printed
comes from five parts of the articles, each judged by a fit on the other four. With WEIGHTS, a fit on all is put into them.
"""
import json
import sys
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

PARTS = 5
STEPS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def judged(shared, tagged):
    """(article number, signals, right) of every predicted attribution, and the number of gold attributions."""
    sys.path.insert(0, str(shared / "score"))
    import polnear
    import score_attribution as scorer
    rows, gold_total = [], 0
    for number, stem in enumerate(polnear.stems("dev")):
        doc = scorer.Doc(polnear.text("dev", stem))
        gold = [scorer.clean(a, len(doc.t)) for a in polnear.gold("dev", stem)]
        found = [(scorer.clean(a, len(doc.t)), a["signals"]) for a in tagged[stem]]
        gold_total += len(gold)
        gw, fw = [doc.words(g["content"]) for g in gold], [doc.words(f["content"]) for f, _ in found]
        pairs = sorted((-scorer.jacc(a, b), i, j) for i, a in enumerate(gw) for j, b in enumerate(fw) if a & b)
        match, taken = {}, set()
        for overlap, i, j in pairs:
            if -overlap >= 0.5 and i not in taken and j not in match:
                match[j] = i
                taken.add(i)
        for j, (f, signals) in enumerate(found):
            right = False
            if j in match:
                theirs, mine = gold[match[j]]["source"], f["source"]
                right = bool(doc.words(theirs) & doc.words(mine)) if theirs and mine else not theirs and not mine
            rows.append((number, signals, right))
    return rows, gold_total


def fit(x, y):
    mean, spread = x.mean(0), x.std(0).clamp(min=1e-3)
    z = (x - mean) / spread
    w, b = torch.zeros(x.shape[1], requires_grad=True), torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([w, b], max_iter=200)

    def loss():
        optimiser.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(z @ w + b, y) + 2e-3 * (w * w).sum()
        value.backward()
        return value

    optimiser.step(loss)
    w = (w / spread).detach()
    return w, b.detach() - (w * mean).sum()


def main():
    shared, path = Path(sys.argv[1]), Path(sys.argv[2])
    tagged = {(row := json.loads(line))["doc"]: row["attributions"] for line in path.open(encoding="utf-8")}
    rows, gold = judged(shared, tagged)
    x = torch.tensor([r[1] for r in rows])
    y = torch.tensor([float(r[2]) for r in rows])
    part = torch.tensor([r[0] % PARTS for r in rows])
    p = torch.zeros(len(rows))
    for k in range(PARTS):
        w, b = fit(x[part != k], y[part != k])
        p[part == k] = torch.sigmoid(x[part == k] @ w + b)
    error = 0.0
    for low in range(10):
        inside = (p >= low / 10) & (p < (low + 1) / 10 if low < 9 else p <= 1)
        if inside.any():
            error += inside.sum().item() / len(p) * abs(p[inside].mean() - y[inside].mean()).item()
    print(f"expected calibration error (10 bins): {error:.3f}")
    lowest = p.argsort()[:int(0.15 * len(p))]
    print(f"errors among the lowest 15%: {(1 - y[lowest]).sum().item() / (1 - y).sum().item():.1%}")
    print("min-score  precision  recall  F1")
    for least in STEPS:
        kept = p >= least
        precision, recall = y[kept].mean().item(), y[kept].sum().item() / gold
        print(f"{least:9.1f}  {precision:9.1%}  {recall:6.1%}  {2 * precision * recall / (precision + recall):.1%}")
    if len(sys.argv) > 3:
        with safe_open(sys.argv[3], "pt") as f:
            tensors = {name: f.get_tensor(name) for name in f.keys()}
        tensors["confidence.weight"], tensors["confidence.bias"] = fit(x, y)
        save_file(tensors, sys.argv[3])


if __name__ == "__main__":
    main()
