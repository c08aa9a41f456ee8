"""Trains the reader of statements: python -m pourparler_training.reader RUN [--layers 0,5] [--context 8] [--teacher RUN] [--export FILE]

The reader sees one statement in its place, the pieces of source, cue and content and some before and behind each of them, with marks
for which is which, and says what it does, which built-in issues it takes up, and where its speaker stands. It learns from the corpus's
train part, the examples and the labels of `corpus/told.jsonl`. A teacher has all of MiniLM's layers and reads more around the marks: what
it says is learnt beside the gold, and alone where nobody labelled (PolNeAR's other attributions). With `--released FILE` a reader that
the program has goes on learning, taught by itself.
"""
import argparse
import json
import random
import time
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from . import data
from .export import layer_state, layer_tensors, quantised
from .model import pretrained, tokenizer, trimmed
from .train import archive, half_precision, mask_words, padded
from .view import View, paragraphs

MOST = {"source": 16, "cue": 16, "content": 64}  # pieces of each that are read
LONGEST = 108  # of all, with [CLS] and [SEP]
OUTSIDE, IN_CUE, IN_CONTENT, IN_SOURCE = range(4)  # kinds of pieces
ROLES = (("source", IN_SOURCE), ("cue", IN_CUE), ("content", IN_CONTENT))
HEADS = ("acts", "stances", "issues")
ISSUE_SHARE = 0.5  # of the loss of issues, which is summed over all of them
GOLD_SHARE = 0.5  # where there is a teacher, what the gold weighs beside it


class Reader(nn.Module):
    """An encoder that starts from some of MiniLM's layers; scores from means at cue and content and from [CLS]."""

    def __init__(self, layers, inner, heads, context):
        super().__init__()
        self.shape = {"layers": layers, "inner": inner, "heads": heads, "context": context}
        start = pretrained(archive(), layers)
        d = start.shape["d"]
        self.words = start.words
        self.positions = nn.Embedding.from_pretrained(start.positions.weight[:LONGEST].clone(), freeze=False)
        self.kind = nn.Embedding(4, d)
        nn.init.normal_(self.kind.weight, std=0.02)
        self.quote = nn.Embedding(4, d)  # in relation to quotation marks, as the tagger has it
        nn.init.zeros_(self.quote.weight)
        self.norm = start.norm
        self.layers = nn.ModuleList(trimmed(layer, heads, inner) for layer in start.layers)
        self.drop = nn.Dropout(0.1)
        self.order = list(data.issues())
        self.acts = nn.Linear(3 * d, len(data.ACTS))
        self.stances = nn.Linear(3 * d, len(data.STANCES))
        self.issues = nn.Linear(3 * d, len(self.order))
        nn.init.constant_(self.issues.bias, -3)
        self.lean = nn.Embedding(len(self.order), len(data.STANCES))  # what stances each issue has
        nn.init.zeros_(self.lean.weight)

    def forward(self, ids, kind, quote):
        x = self.norm(self.words(ids) + self.positions.weight[:ids.shape[1]] + self.kind(kind) + self.quote(quote))
        mask = torch.where(ids != 0, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        x = x.float()
        parts = [x[:, 0]]
        for part in (IN_CUE, IN_CONTENT):
            there = (kind == part).float()[..., None]
            parts.append((x * there).sum(1) / there.sum(1).clamp(min=1))
        pooled = self.drop(torch.cat(parts, 1))
        return [getattr(self, head)(pooled) for head in HEADS]


def load(run):
    model = Reader(**json.loads((run / "config.json").read_text()))
    model.load_state_dict(torch.load(run / "model.pt"))
    return model.eval()


def released(path, context):
    """A reader from the program's weights; the inverse of `export`, but for the rounding to int8."""
    file = load_file(path)
    shape, layers = layer_state(file)
    model = Reader([0] * shape["layers"], shape["inner"], shape["heads"], context)
    state = model.state_dict()
    d = state["norm.weight"].shape[0]
    state["positions.weight"] = torch.cat([file["positions"], state["positions.weight"][len(file["positions"]):]])[:LONGEST]
    state |= {"kind.weight": file["case"], "quote.weight": file["quote"], "lean.weight": file["lean"], **layers}
    parts = (file["head.weight"].float() * file["head.scale"]).T.unflatten(0, (3, -1))
    bias, at = file["head.bias"], 0
    for head in HEADS:
        width = len(state[f"{head}.bias"])
        state[f"{head}.weight"] = parts[:, at:at + width].transpose(0, 1).reshape(width, 3 * d)
        state[f"{head}.bias"] = bias[at:at + width]
        at += width
    model.load_state_dict(state)
    return model


def inputs(views, s, context):
    """Ids, kinds and quotation states of one statement, with so many pieces before and behind each marked one in its paragraph; `views` are
    those of the text's paragraphs, with their starts."""
    left = dict(MOST)
    columns = [data.CLS], [OUTSIDE], [0]
    for start, view in views:
        kinds = []
        for a, _ in view.offsets:
            role, kind = next(((role, kind) for role, kind in ROLES if any(x <= start + a < y for x, y in s.get(role, ()))), (None, OUTSIDE))
            if role:
                left[role] -= 1
            kinds.append(None if role and left[role] < 0 else kind)
        marked = [k for k, kind in enumerate(kinds) if kind]
        read = sorted({n for k in marked for n in range(max(0, k - context), min(len(kinds), k + context + 1)) if kinds[n] is not None})
        for column, values in zip(columns, (view.ids, kinds, view.quote)):
            column.extend(values[n] for n in read)
    for column, end in zip(columns, (data.SEP, OUTSIDE, 0)):
        del column[LONGEST - 1:]
        column.append(end)
    return columns


def examples(tok, articles, contexts):
    """Every statement: its inputs for each number of pieces of context, its act and {number of issue: stance}; `None` for both where
    nobody labelled."""
    order = list(data.issues())
    found = []
    for _, text, statements in articles:
        views = [(a, b, View(tok, text[a:b])) for a, b in paragraphs(text)]
        for s in statements:
            near = [(a, view) for a, b, view in views if any(x < b and a < y for role, _ in ROLES for x, y in s.get(role, ()))]
            if not s["content"] or not near:
                continue
            one = {"act": None, "positions": None, "inputs": {c: inputs(near, s, c) for c in contexts}}
            if "act" in s:
                one["act"] = data.ACTS.index(s["act"])
                stances = {p["issue"]: data.STANCES.index(p["stance"]) for p in s["positions"]}
                one["positions"] = {order.index(i): stance for i, stance in stances.items() if i in order}
            found.append(one)
    return found


def batch(found, context):
    """Ids, kinds and quotation states, filled up to the longest."""
    columns = zip(*(one["inputs"][context] for one in found))
    n = max(len(one["inputs"][context][0]) for one in found)
    return [padded(rows, n, 0) for rows in columns]


def gold_loss(model, scores, found):
    acts, stances, issues = scores
    labelled = [i for i, one in enumerate(found) if one["act"] is not None]
    if not labelled:
        return acts.new_zeros(())
    loss = cross_entropy(acts[labelled], torch.tensor([found[i]["act"] for i in labelled]))
    taken = torch.zeros(len(labelled), issues.shape[1])
    held = []
    for row, i in zip(taken, labelled):
        row[list(found[i]["positions"])] = 1
        held += [(i, issue, stance) for issue, stance in found[i]["positions"].items()]
    loss = loss + ISSUE_SHARE * binary_cross_entropy_with_logits(issues[labelled], taken, reduction="sum") / len(labelled)
    if held:
        rows, about, gold = (torch.tensor(values) for values in zip(*held))
        loss = loss + cross_entropy(stances[rows] + model.lean(about), gold)
    return loss


def taught_loss(scores, lesson):
    (acts, stances, issues), (acts_, stances_, issues_) = scores, lesson
    apart = binary_cross_entropy_with_logits(issues, issues_.sigmoid(), reduction="sum") / len(issues)
    return cross_entropy(acts, acts_.softmax(-1)) + cross_entropy(stances, stances_.softmax(-1)) + ISSUE_SHARE * apart


@torch.no_grad()
def scores(model, found, context, size=64):
    order = sorted(range(len(found)), key=lambda i: len(found[i]["inputs"][context][0]))
    with half_precision():
        parts = [model(*batch([found[i] for i in order[at:at + size]], context)) for at in range(0, len(found), size)]
    back = torch.tensor(order).argsort()
    return [torch.cat(part).float()[back] for part in zip(*parts)]


def report(model, found, context):
    """Shares of acts and of stances (where the issue is known) that are right, and the best F1 of issues, in %."""
    model.eval()
    acts, stances, issues = scores(model, found, context)
    model.train()
    right = [acts[i].argmax() == one["act"] for i, one in enumerate(found)]
    lean = model.lean.weight
    held = [(stances[i] + lean[issue]).argmax() == stance for i, one in enumerate(found) for issue, stance in one["positions"].items()]
    gold = torch.zeros_like(issues)
    for row, one in zip(gold, found):
        row[list(one["positions"])] = 1
    f1 = max(2 * ((issues > bar) * gold).sum() / ((issues > bar).sum() + gold.sum()) for bar in (-2.5, -2, -1.5, -1, -0.5, 0))
    share = lambda values: 100 * sum(map(float, values)) / len(values)
    return f"acts {share(right):.1f}, stances {share(held):.1f}, issues {100 * f1:.1f}"


def train(model, found, held, context, teacher, passes, rate, size=32):
    """Where there is a `teacher`, each of `found` has its lesson."""
    fresh = ("kind", "quote", "lean", *HEADS)
    named = [(name.split(".")[0] in fresh, p) for name, p in model.named_parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW([{"params": [p for new, p in named if not new], "lr": rate},
                                   {"params": [p for new, p in named if new], "lr": 5 * rate}], weight_decay=0.01)
    steps = int(passes * len(found) / size)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda k: min(1, (k + 1) / (0.06 * steps)) * max(0, 1 - k / steps))
    started, step = time.time(), 0
    while step < steps:
        order = sorted(range(len(found)), key=lambda i: len(found[i]["inputs"][context][0]) + 10 * random.random())
        batches = [order[i:i + size] for i in range(0, len(order), size)]
        random.shuffle(batches)
        for members in batches[:steps - step]:
            some = [found[i] for i in members]
            ids, kinds, quotes = batch(some, context)
            with half_precision():
                said = [part.float() for part in model(mask_words(ids, 0.08), kinds, quotes)]
            loss = gold_loss(model, said, some)
            if teacher:
                lesson = [one["lesson"] for one in some]
                taught = taught_loss(said, [torch.stack(part) for part in zip(*lesson)])
                loss = GOLD_SHARE * loss + (1 - GOLD_SHARE) * taught
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1)
            optimiser.step()
            schedule.step()
            step += 1
        print(f"step {step} of {steps}, {time.time() - started:.0f} s: dev {report(model, held, context)}", flush=True)


def export(model, path):
    """Writes a reader for the program, as an encoder whose features are the kinds of pieces and their quotation states."""
    p = {k: v.detach().float() for k, v in model.state_dict().items()}
    d = model.words.weight.shape[1]
    # Three readings of each piece side by side: as [CLS], as one of the cue's, as one of the content's; [CLS] brings the bias.
    heads = [p[f"{name}.weight"].unflatten(1, (3, d)) for name in HEADS]
    bias = torch.cat([p[f"{name}.bias"] for name in HEADS])
    out = {"positions": p["positions.weight"], "case": p["kind.weight"], "quote": p["quote.weight"], "first": torch.zeros(1, d),
           "norm.weight": p["norm.weight"], "norm.bias": p["norm.bias"], "lean": p["lean.weight"],
           "head.bias": torch.cat([bias, torch.zeros(2 * len(bias))])}
    out["head.weight"], out["head.scale"] = quantised(torch.cat([head[:, part] for part in range(3) for head in heads]).T, 0, 63)
    out |= layer_tensors(p, len(model.layers), model.shape["heads"])
    save_file({k: v.contiguous() for k, v in out.items()}, path, metadata={"issues": " ".join(model.order)})
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("run", type=Path)
    p.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    p.add_argument("--layers", default="0,5", help="MiniLM's layers to start from")
    p.add_argument("--inner", type=int, default=512)
    p.add_argument("--heads", type=int, default=8)
    p.add_argument("--context", type=int, default=8, help="pieces that are read before and behind each marked one")
    p.add_argument("--teacher", type=Path, help="the run of a reader to learn from, too")
    p.add_argument("--released", type=Path, help="weights of the program to go on from, and to learn from, in place of MiniLM and a teacher")
    p.add_argument("--passes", type=float, default=5)
    p.add_argument("--rate", type=float, default=2e-4)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--export", type=Path)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    tok = tokenizer(archive())
    teacher = load(a.teacher) if a.teacher else released(a.released, a.context).eval() if a.released else None
    seen = teacher.shape["context"] if teacher else a.context
    contexts = {a.context, seen}
    articles = data.house(a.shared, "train") + data.told(a.shared)
    found = examples(tok, articles + (data.untold(a.shared) if a.teacher else []), contexts)
    if teacher:
        for one, *lesson in zip(found, *scores(teacher, found, seen)):
            one["lesson"] = lesson
    held = examples(tok, data.house(a.shared, "dev"), contexts)
    model = released(a.released, a.context) if a.released else Reader([int(i) for i in a.layers.split(",")], a.inner, a.heads, a.context)
    train(model, found, held, a.context, teacher, a.passes, a.rate)
    a.run.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), a.run / "model.pt")
    (a.run / "config.json").write_text(json.dumps(model.shape))
    if a.export:
        export(model.eval(), a.export)


if __name__ == "__main__":
    main()
