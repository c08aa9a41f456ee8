"""Fits the head of acts on a trained tagger: python -m pourparler_training.acts RUN [--dev]

A multinomial logistic regression on the encoder's last layer at the words of cues, from the corpus's train part and the examples; the
weight of its penalty is chosen by five parts of the articles. The encoder stays as it is. With --dev, prints what it gets right there.
"""
import argparse
from pathlib import Path

import torch

from . import data
from .model import OUTPUT, load, tokenizer
from .train import archive, tensors

PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0)


@torch.no_grad()
def features(model, tok, articles):
    """For each attribution: number of its article, mean of the last layer at its cue's words, act."""
    rows = []
    kept = []
    hook = model.head.register_forward_pre_hook(lambda _, args: kept.append(args[0]))
    for number, (_, text, gold) in enumerate(articles):
        for window in (data.label(w, gold) for w in data.windows(tok, text)):
            if not window.acts:
                continue
            window.house = True
            kept.clear()
            model(**tensors([window])[0])
            rows += [(number, kept[0][0, pieces].mean(0), act) for pieces, act in window.acts]
    hook.remove()
    numbers, x, y = zip(*rows)
    return torch.tensor(numbers), torch.stack(x), torch.tensor(y)


def fit(x, y, penalty):
    w = torch.zeros(len(data.ACTS), x.shape[1], requires_grad=True)
    b = torch.zeros(len(data.ACTS), requires_grad=True)
    optimiser = torch.optim.LBFGS([w, b], max_iter=200, line_search_fn="strong_wolfe")

    def loss():
        optimiser.zero_grad()
        value = torch.nn.functional.cross_entropy(x @ w.T + b, y, reduction="sum") + penalty * (w * w).sum()
        value.backward()
        return value

    optimiser.step(loss)
    return w.detach(), b.detach()


def right(w, b, x, y):
    return ((x @ w.T + b).argmax(1) == y).float().mean().item()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("run", type=Path)
    p.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    p.add_argument("--dev", action="store_true")
    a = p.parse_args()
    model, tok = load(a.run), tokenizer(archive())
    numbers, x, y = features(model, tok, data.house(a.shared, "train"))
    best = max(PENALTIES, key=lambda penalty: sum(
        right(*fit(x[numbers % 5 != k], y[numbers % 5 != k], penalty), x[numbers % 5 == k], y[numbers % 5 == k]) for k in range(5)))
    w, b = fit(x, y, best)
    print(f"{len(y)} acts, penalty {best}")
    if a.dev:
        _, x, y = features(model, tok, data.house(a.shared, "dev"))
        print(f"right on dev: {right(w, b, x, y):.3f} of {len(y)}")
    state = model.state_dict()
    first = sum(OUTPUT.values()) - OUTPUT["acts"]
    state["head.weight"][first:], state["head.bias"][first:] = w, b
    torch.save(state, a.run / "model.pt")


if __name__ == "__main__":
    main()
