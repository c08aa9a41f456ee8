"""Fits the tagger's confidence: python -m pourparler_training.calibrate SHARED TAGGED.jsonl [TABLE.tsv MODEL]

TAGGED.jsonl is what `tag` prints for PolNeAR dev and for the corpus's dev part. An attribution is right where the scorer says so: its
content overlaps the gold's by half or more and, of PolNeAR, the sources agree; of the corpus, whose scorer joins one to one, the overlap
counts. A logistic regression on the tagger's signals is fitted to both, each attribution of the corpus as `HOUSE` of PolNeAR; what is
printed comes from five parts of the articles, each judged by a fit on the other four. With TABLE, a fit on all is put into the column
of MODEL.
"""
import json
import sys
from pathlib import Path

import torch

from .data import house

PARTS = 5
HOUSE = 3
SIGNALS = ["cue", "content", "content's link", "content's edges", "source", "source's link", "has a source", "share in quotation marks",
           "words", "contents", "cue's rate", "no cue", "within", "bias"]
STEPS = (0.0, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


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


def judged_house(shared, tagged):
    """The same of the corpus's dev part."""
    import score_statements as scorer
    rows, gold_total = [], 0
    for number, (name, text, gold) in enumerate(house(shared, "dev")):
        found = [a for a in tagged[name] if a["content"]]
        gold_total += len(gold)
        right = {id(b) for _, b, _ in scorer.match(text, gold, found)}
        rows += [(number, a["signals"], id(a) in right) for a in found]
    return rows, gold_total


def fit(x, y, weight):
    mean, spread = x.mean(0), x.std(0).clamp(min=1e-3)
    z = (x - mean) / spread
    w, b = torch.zeros(x.shape[1], requires_grad=True), torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([w, b], max_iter=200)

    def loss():
        optimiser.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(z @ w + b, y, weight) / weight.mean() + 2e-3 * (w * w).sum()
        value.backward()
        return value

    optimiser.step(loss)
    w = (w / spread).detach()
    return w, b.detach() - (w * mean).sum()


def tell(p, y, gold):
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
        print(f"{least:9.2f}  {precision:9.1%}  {recall:6.1%}  {2 * precision * recall / (precision + recall):.1%}")


def main():
    shared, path = Path(sys.argv[1]), Path(sys.argv[2])
    tagged = {(row := json.loads(line))["doc"]: row["attributions"] for line in path.open(encoding="utf-8")}
    (polnear, polnear_gold), (own, own_gold) = judged(shared, tagged), judged_house(shared, tagged)
    rows = polnear + own
    x = torch.tensor([r[1] for r in rows])
    y = torch.tensor([float(r[2]) for r in rows])
    part = torch.tensor([r[0] % PARTS for r in rows])
    weight = torch.tensor([1.0] * len(polnear) + [float(HOUSE)] * len(own))
    p = torch.zeros(len(rows))
    for k in range(PARTS):
        w, b = fit(x[part != k], y[part != k], weight[part != k])
        p[part == k] = torch.sigmoid(x[part == k] @ w + b)
    n = len(polnear)
    print("PolNeAR dev")
    tell(p[:n], y[:n], polnear_gold)
    print("the corpus's dev part, contents alone")
    tell(p[n:], y[n:], own_gold)
    if len(sys.argv) > 4:
        table, model = Path(sys.argv[3]), sys.argv[4]
        w, b = fit(x, y, weight)
        rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()] if table.exists() else []
        columns = {row[0]: dict(zip(rows[0][1:], row[1:])) for row in rows[1:]}
        for signal, number in zip(SIGNALS, [*w.tolist(), b.item()], strict=True):
            columns.setdefault(signal, {})[model] = f"{number:.4f}"
        models = ["accurate", "fast"]
        lines = [["signal", *models], *([s, *(columns[s].get(m, "0") for m in models)] for s in SIGNALS)]
        table.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
