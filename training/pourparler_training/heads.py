"""Fits the heads of acts and stances on a trained tagger: python -m pourparler_training.heads RUN [--dev]

Multinomial logistic regressions on the encoder's last layer, the mean at the words of the cue beside the mean at those of the
content, from the corpus's train part and the examples. The encoder stays as it is; a mean of runs needs this, since its heads are no
mean of theirs. With --dev, prints what is right there.
"""
import argparse
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy

from . import data
from .model import OUTPUT, load, tokenizer
from .train import archive, tensors

PENALTIES = {"acts": 10.0, "stances": 30.0}  # chosen on dev


@torch.no_grad()
def features(model, tok, articles):
    """For each statement: the last layer's means at cue and content, side by side, its act and its stances."""
    rows, acts, stances, kept = [], [], [], []
    hook = model.head.register_forward_pre_hook(lambda _, args: kept.append(args[0]))
    for _, text, gold in articles:
        for window in (data.label(w, gold) for w in data.windows(tok, text)):
            if not window.statements:
                continue
            window.house = True
            kept.clear()
            model(**tensors([window])[0])
            last = kept[0][0]
            zero = last.new_zeros(last.shape[1])
            for cue, content, act, positions in window.statements:
                parts = [last[pieces].mean(0) if pieces else zero for pieces in (cue, content)]
                rows.append(torch.cat(parts))
                acts.append(act)
                stances.append(list(positions.values()))
    hook.remove()
    x = torch.stack(rows)
    held = [(i, s) for i, all_ in enumerate(stances) for s in all_]
    return {"acts": (x, torch.tensor(acts)),
            "stances": (x[[i for i, _ in held]], torch.tensor([s for _, s in held]))}


def fit(x, y, classes, penalty, differ=cross_entropy, steps=150):
    """Weights and bias of a regression that is penalised by its squared weights; `differ` is the loss, summed up."""
    w = torch.zeros(classes, x.shape[1], requires_grad=True)
    b = torch.zeros(classes, requires_grad=True)
    optimiser = torch.optim.LBFGS([w, b], max_iter=steps, line_search_fn="strong_wolfe")

    def loss():
        optimiser.zero_grad()
        value = differ(x @ w.T + b, y, reduction="sum") + penalty * (w * w).sum()
        value.backward()
        return value

    optimiser.step(loss)
    return w.detach(), b.detach()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("run", type=Path)
    p.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    p.add_argument("--dev", action="store_true")
    a = p.parse_args()
    model, tok = load(a.run), tokenizer(archive())
    train = features(model, tok, data.house(a.shared, "train"))
    dev = features(model, tok, data.house(a.shared, "dev")) if a.dev else {}
    state = model.state_dict()
    at, width = 0, model.shape["d"]
    starts = {}
    for name, size in OUTPUT.items():
        starts[name] = at
        at += size
    for name, (x, y) in train.items():
        classes = OUTPUT[name] // 2
        w, b = fit(x, y, classes, PENALTIES[name])
        if name in dev:
            x, y = dev[name]
            print(f"{name}: {((x @ w.T + b).argmax(1) == y).float().mean():.3f} of {len(y)} right on dev")
        start = starts[name]
        # The part of the cue carries half of the bias and that of the content the other, since they are added up.
        for half in range(2):
            rows = slice(start + half * classes, start + (half + 1) * classes)
            state["head.weight"][rows] = w[:, half * width:(half + 1) * width]
            state["head.bias"][rows] = b / 2
    torch.save(state, a.run / "model.pt")


if __name__ == "__main__":
    main()
