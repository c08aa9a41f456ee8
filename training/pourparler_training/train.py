"""Trains the tagger: python -m pourparler_training.train --out DIR [--teacher DIR]

With --teacher, the student also learns the teacher's outputs on the same windows (distillation).
"""
import argparse
import json
import random
import time
from pathlib import Path

import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, kl_div, log_softmax, softmax

from . import data
from .model import Tagger, link_scores, pretrained, split, tokenizer

MASK = 103


def archive():
    import all_minilm_l6_v2
    return Path(all_minilm_l6_v2.__file__).parent / "model.zip"


def batches(windows, tokens, rng):
    """Length-sorted batches of about `tokens` pieces, in random order."""
    order = sorted(range(len(windows)), key=lambda i: (len(windows[i]), rng.random()))
    out, current = [], []
    for i in order:
        if current and (len(current) + 1) * len(windows[i]) > tokens:
            out.append([windows[j] for j in current])
            current = []
        current.append(i)
    if current:
        out.append([windows[j] for j in current])
    rng.shuffle(out)
    return out


def tensors(batch):
    n = max(len(w) for w in batch)
    pad = lambda values, fill: torch.tensor([list(v) + [fill] * (n - len(v)) for v in values])
    return {
        "ids": pad([w.ids for w in batch], 0),
        "case": pad([w.case for w in batch], 0),
        "quote": pad([w.quote for w in batch], 0),
        "first": pad([w.first for w in batch], 0),
        "mask": pad([[True] * len(w) for w in batch], False),
    }, n


def mask_words(ids, share):
    """Hides some pieces behind [MASK], in place of dropout inside the encoder."""
    hide = (torch.rand(ids.shape) < share) & (ids != data.CLS) & (ids != data.SEP) & (ids != 0)
    return ids.masked_fill(hide, MASK)


def loss_of(model, batch, teacher=None, soft=1.0, hidden=0.06):
    x, n = tensors(batch)
    x["ids"] = mask_words(x["ids"], hidden)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = model(**x)
    out = out.float()
    roles, entities, source, content = split(out)
    loss = out.new_zeros(())
    labelled = [i for i, w in enumerate(batch) if w.roles]
    if labelled:
        gold = torch.tensor([[tags + [data.IGNORE] * (n - len(tags)) for tags in batch[i].roles] for i in labelled])
        for r in range(3):
            loss = loss + cross_entropy(roles[labelled, :, r].reshape(-1, 3), gold[:, r].reshape(-1), ignore_index=data.IGNORE)
        scores = (link_scores(*source), link_scores(*content))
        for which, weight in ((0, 1.0), (1, 1.0)):
            total, count = out.new_zeros(()), 0
            for i in labelled:
                w = batch[i]
                if not w.links:
                    continue
                words = torch.tensor([k for k in range(len(w)) if w.starts[k]])
                place = {int(k): j for j, k in enumerate(words)}
                rows = torch.tensor([k for link in w.links for k in link[0]])
                target = torch.zeros(len(rows), len(words))
                r = 0
                for link in w.links:
                    columns = [place[k] for k in link[1 + which]]
                    target[r:r + len(link[0]), columns] = 1.0
                    r += len(link[0])
                s = scores[which][i][rows][:, words]
                total = total + binary_cross_entropy_with_logits(s, target, reduction="sum")
                count += len(rows)
            if count:
                # the mean over cue words of the sum over the window's words, scaled to the tag losses
                loss = loss + weight * total / count / 20
    tagged = [i for i, w in enumerate(batch) if w.entities]
    if tagged:
        gold = torch.tensor([batch[i].entities + [data.IGNORE] * (n - len(batch[i].entities)) for i in tagged])
        loss = loss + cross_entropy(entities[tagged].reshape(-1, entities.shape[-1]), gold.reshape(-1), ignore_index=data.IGNORE)
    if teacher is not None:
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            t = teacher(**x).float()
        t_roles, t_entities, t_source, t_content = split(t)
        m = torch.tensor([list(w.starts) + [False] * (n - len(w)) for w in batch])
        for mine, theirs in ((roles, t_roles), (entities, t_entities)):
            loss = loss + soft * kl_div(log_softmax(mine[m], -1), softmax(theirs[m], -1), reduction="sum") / m.sum()
        pairs = m[:, :, None] & m[:, None, :]
        cue = softmax(t_roles[:, :, 1], -1)[..., 1:].sum(-1)  # links matter where the teacher sees a cue
        weight = cue[:, :, None] * pairs
        for mine, theirs in ((source, t_source), (content, t_content)):
            s = binary_cross_entropy_with_logits(link_scores(*mine), torch.sigmoid(link_scores(*theirs)), reduction="none")
            loss = loss + soft * (s * weight).sum() / (cue * m).sum().clamp(min=1) / 20
    return loss


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--keep", default="0,1,2,3", help="encoder layers to start from")
    p.add_argument("--passes", type=float, default=3.5)
    p.add_argument("--rate", type=float, default=1.8e-4)
    p.add_argument("--batch", type=int, default=1536, help="pieces in a batch")
    p.add_argument("--entity-share", type=float, default=0.3, help="entity windows for each attribution window")
    p.add_argument("--teacher", type=Path)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    rng = random.Random(a.seed)
    keep = [int(k) for k in a.keep.split(",")]
    a.out.mkdir(parents=True, exist_ok=True)
    tok = tokenizer(archive())
    articles = data.polnear(a.shared, "train")
    sentences = data.entity_sentences(a.shared)
    conll = [s for s in sentences if s[0].startswith("conll")]
    gmb = [s for s in sentences if not s[0].startswith("conll")]
    model = pretrained(archive(), keep)
    teacher = None
    if a.teacher:
        config = json.loads((a.teacher / "config.json").read_text())
        teacher = Tagger(layers=len(config["keep"]))
        teacher.load_state_dict(torch.load(a.teacher / "model.pt"))
        teacher.eval()
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    fresh = ("head", "case", "quote", "first")
    groups = [
        {"params": [p for n, p in named if n.split(".")[0] in fresh], "lr": a.rate * 5, "peak": a.rate * 5},
        {"params": [p for n, p in named if n.split(".")[0] not in fresh], "lr": a.rate, "peak": a.rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    size = len(batches(data.attribution_windows(tok, articles, rng, 0), a.batch, rng))
    total = int(size * (1 + a.entity_share) * a.passes)
    step, began, mean, pieces = 0, time.time(), 0.0, 0
    model.train()
    while step < total:
        attributed = data.attribution_windows(tok, articles, rng, 0.08)
        rng.shuffle(gmb)
        rng.shuffle(conll)
        found = data.entity_windows(tok, conll[:6000] + gmb[:14000])
        rng.shuffle(found)
        found = found[:int(len(attributed) * a.entity_share)]
        for batch in mixed(attributed, found, a.batch, rng):
            if step >= total:
                break
            warm = min(1.0, step / (0.06 * total))
            scale = warm * max(0.0, 1 - step / total)
            for g in optimiser.param_groups:
                g["lr"] = g["peak"] * scale
            loss = loss_of(model, batch, teacher)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            mean = 0.98 * mean + 0.02 * loss.item() if step else loss.item()
            pieces += sum(len(w) for w in batch)
            step += 1
            if step % 25 == 0:
                spent = time.time() - began
                print(f"step {step}/{total} loss {mean:.3f} {pieces / spent:.0f} pieces/s, {spent / 60:.1f} min", flush=True)
            if step % 300 == 0:
                torch.save(model.state_dict(), a.out / "model.pt")
    torch.save(model.state_dict(), a.out / "model.pt")
    (a.out / "config.json").write_text(json.dumps({"keep": keep, "passes": a.passes, "rate": a.rate, "seed": a.seed, "batch": a.batch}))
    print(f"trained in {(time.time() - began) / 60:.1f} minutes")


def mixed(attributed, found, size, rng):
    """Batches of both kinds in random order; a batch is of one kind."""
    out = batches(attributed, size, rng) + (batches(found, size, rng) if found else [])
    rng.shuffle(out)
    return out


if __name__ == "__main__":
    main()
