"""Trains a tagger: python -m pourparler_training.train --out DIR [--start RUN] [--teachers RUN ...]

Without teachers it learns from the gold. With them it learns from the gold and from the mean of what they say
(Hinton, Vinyals and Dean, 2015), on the gold's articles and on news that nobody annotated.
"""
import argparse
import json
import random
import time
from pathlib import Path

import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from . import data
from .model import FRESH, about, by_parts, link_scores, load, pretrained, pruned, split, tokenizer

MASK = 103
SOME_ISSUES = 12  # issues that are held beside a batch's statements though none of them takes them up


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
        "house": torch.tensor([int(w.house) for w in batch]),
    }, n


def mask_words(ids, share):
    """Hides some pieces behind [MASK], in place of dropout inside the encoder."""
    hide = (torch.rand(ids.shape) < share) & (ids != data.CLS) & (ids != data.SEP) & (ids != 0)
    return ids.masked_fill(hide, MASK)


def half_precision():
    """Products in bfloat16 where the processor has them: imitated ones are many times slower than those of float32."""
    there = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=there)


def padded(rows, n, fill):
    return torch.tensor([list(row) + [fill] * (n - len(row)) for row in rows])


def gold_loss(out, batch):
    """Cross entropy of the tags; for links, of every word of the window with every gold cue word."""
    n = out.shape[1]
    roles, entities, links, _ = split(out)
    loss = out.new_zeros(())
    labelled = [i for i, w in enumerate(batch) if w.roles]
    if labelled:
        for r in range(3):
            gold = padded([batch[i].roles[r] for i in labelled], n, data.IGNORE)
            loss = loss + cross_entropy(roles[labelled, :, r].flatten(0, 1), gold.flatten(), ignore_index=data.IGNORE)
        words = padded([batch[i].starts for i in labelled], n, False)
        cues = torch.zeros(len(labelled), n, dtype=torch.bool)
        for which, (query, key) in enumerate(links):
            target = torch.zeros(len(labelled), n, n)
            for j, i in enumerate(labelled):
                for link in batch[i].links:
                    for k in link[0]:
                        cues[j, k] = True
                        target[j, k, link[1 + which]] = 1.0
            s = binary_cross_entropy_with_logits(link_scores(query[labelled], key[labelled]), target, reduction="none")
            # the mean over cue words of the sum over the window's words, scaled to the tag losses
            loss = loss + (s * (cues[:, :, None] & words[:, None, :])).sum() / cues.sum().clamp(min=1) / 20
    tagged = [i for i, w in enumerate(batch) if w.entities]
    if tagged:
        gold = padded([batch[i].entities for i in tagged], n, data.IGNORE)
        loss = loss + cross_entropy(entities[tagged].flatten(0, 1), gold.flatten(), ignore_index=data.IGNORE)
    return loss


def told_loss(out, batch, known, subjects, order):
    """What statements do, where they stand and what they are about, from the gold's own cues and contents.

    `known` has a row for each built-in issue. `subjects`, where given, are rows that were read from the words of the issues in
    `order` (their numbers): they should say the same.
    """
    acts, stances, topic, _ = split(out)[3]
    act_scores, act_gold, stance_scores, stance_gold, topics, taken = [], [], [], [], [], []
    for i, window in enumerate(batch):
        for cue, content, act, positions in window.statements:
            act_scores.append(by_parts(acts[i], cue, content))
            act_gold.append(act)
            if content:
                topics.append(topic[i, content].mean(0))
                taken.append([float(issue in positions) for issue in data.issues()])
            for stance in positions.values():
                stance_scores.append(by_parts(stances[i], cue, content))
                stance_gold.append(stance)
    loss = out.new_zeros(())
    if act_gold:
        loss = loss + cross_entropy(torch.stack(act_scores), torch.tensor(act_gold))
    if stance_gold:
        loss = loss + 0.5 * cross_entropy(torch.stack(stance_scores), torch.tensor(stance_gold))
    if topics:
        topics, taken = torch.stack(topics), torch.tensor(taken)
        # the mean over statements of the sum over issues, scaled to the other losses
        differ = lambda scores, gold: binary_cross_entropy_with_logits(scores, gold, reduction="none").sum(1).mean() / 3
        loss = loss + differ(about(topics, known), taken)
        if subjects is not None:
            loss = loss + 0.5 * differ(about(topics.detach(), subjects), taken[:, order])
            loss = loss + 0.1 * (subjects - known[order].detach()).pow(2).mean()
    return loss


@torch.no_grad()
def taught(teachers, x):
    """The teachers' mean: probabilities of roles and entities, and of links, [batch, pieces, pieces] for each kind."""
    roles, entities, links = 0, 0, [0, 0]
    for teacher in teachers:
        r, e, pairs, _ = split(teacher(**x).float())
        roles, entities = roles + r.softmax(-1), entities + e.softmax(-1)
        links = [sum_ + link_scores(*pair).sigmoid() for sum_, pair in zip(links, pairs)]
    n = len(teachers)
    return roles / n, entities / n, [link / n for link in links]


def soft_loss(out, batch, lesson):
    """What differs from the teachers, weighed as in `gold_loss`; a word counts as cue as far as they take it for one."""
    roles, entities, links = lesson
    own_roles, own_entities, own_links, _ = split(out)
    words = padded([w.starts for w in batch], out.shape[1], False)
    differ = lambda own, theirs: -(theirs * own.log_softmax(-1)).sum(-1)[words].sum() / words.sum()
    loss = differ(own_roles, roles) + differ(own_entities, entities)
    cues = (1 - roles[..., 1, 0]) * words
    for (query, key), theirs in zip(own_links, links):
        s = binary_cross_entropy_with_logits(link_scores(query, key), theirs, reduction="none")
        loss = loss + (s * cues[:, :, None] * words[:, None, :]).sum() / cues.sum().clamp(min=1) / 20
    return loss


class Lessons:
    """The batches of each pass: attributions with shares of entities and of bare news, packed anew each time."""

    def __init__(self, options, tok, rng):
        self.options, self.tok, self.rng = options, tok, rng
        self.articles = data.polnear(options.shared, "train")
        self.house = data.house(options.shared, "train")
        self.sentences = data.entity_sentences(options.shared)
        self.news = data.news(options.shared) if options.teachers else []
        self.issues = {i: said for i, said in data.issues().items() if i not in options.without_issues}
        for _, _, statements in self.house:
            for s in statements:
                s["positions"] = [p for p in s["positions"] if p["issue"] in self.issues]

    def once(self):
        self.rng.shuffle(self.articles)
        some = self.articles[:int(len(self.articles) * self.options.polnear_share)]
        attributed = data.attribution_windows(self.tok, some, self.rng, 0.08)
        own = [w for _ in range(self.options.house_times)
               for w in data.attribution_windows(self.tok, self.house, self.rng, 0.05, house=True)]
        self.rng.shuffle(self.sentences)
        found = data.entity_windows(self.tok, self.sentences[:20000])[:int((len(attributed) + len(own)) * self.options.entity_share)]
        for window in found:
            window.house = self.rng.random() < 0.5
        self.rng.shuffle(self.news)
        bare = [w for text in self.news[:int(len(self.news) * self.options.news_share)]
                for w in data.windows(self.tok, text)]
        out = [b for windows in (attributed, own, found, bare) for b in batches(windows, self.options.batch, self.rng)]
        self.rng.shuffle(out)
        return out

    def subjects(self, batch):
        """Issues of a batch and some others, with the windows of their words: each time other words, so that what is learnt is to
        read such words."""
        needed = {issue for window in batch for statement in window.statements for issue in statement[3]}
        needed |= set(self.rng.sample(list(self.issues), SOME_ISSUES))
        order = [i for i, issue in enumerate(data.issues()) if issue in needed]
        windows = []
        for label, words in (self.issues[issue] for issue in data.issues() if issue in needed):
            some = self.rng.sample(words, min(len(words), self.rng.randint(0, 5)))
            said = [label, *some] if self.rng.random() < 0.8 or not some else some
            windows.append(data.subject_window(self.tok, data.subject(said[0], said[1:])))
        return order, windows

    def passes(self, first):
        yield first
        while True:
            yield self.once()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--keep", default="0,1,2,3", help="MiniLM's layers to start from")
    p.add_argument("--start", type=Path, help="a run to start from, in place of MiniLM")
    p.add_argument("--prune", help="LAYERS,HEADS,INNER to keep of --start")
    p.add_argument("--teachers", type=Path, nargs="*", default=[], help="runs to learn from")
    p.add_argument("--news-share", type=float, default=0.5, help="of the bare news, seen in each pass with teachers")
    p.add_argument("--passes", type=float, default=8)
    p.add_argument("--rate", type=float, default=1.8e-4)
    p.add_argument("--batch", type=int, default=1536, help="pieces in a batch")
    p.add_argument("--entity-share", type=float, default=0.2, help="entity windows for each attribution window")
    p.add_argument("--polnear-share", type=float, default=1, help="how much of PolNeAR a pass sees")
    p.add_argument("--house-times", type=int, default=2, help="how often a pass sees the project's own corpus")
    p.add_argument("--told", type=float, default=1, help="weight of acts, stances and issues in the loss")
    p.add_argument("--without-issues", nargs="*", default=[], help="issues to leave out, to see how new ones fare")
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    rng = random.Random(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    tok = tokenizer(archive())
    lessons = Lessons(a, tok, rng)
    teachers = [load(folder) for folder in a.teachers]
    if a.start:
        model = load(a.start)
        if a.prune:
            model = pruned(model, *map(int, a.prune.split(",")))
    else:
        model = pretrained(archive(), [int(k) for k in a.keep.split(",")])
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for n, p in named if n.split(".")[0] in FRESH], "lr": a.rate * 5, "peak": a.rate * 5},
        {"params": [p for n, p in named if n.split(".")[0] not in FRESH], "lr": a.rate, "peak": a.rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    first = lessons.once()
    total = int(len(first) * a.passes)
    step, began, mean, pieces = 0, time.time(), 0.0, 0
    model.train()
    for course in lessons.passes(first):
        if step >= total:
            break
        for batch in course[:total - step]:
            warm = min(1.0, step / (0.06 * total))
            scale = warm * max(0.0, 1 - step / total)
            for g in optimiser.param_groups:
                g["lr"] = g["peak"] * scale
            x, _ = tensors(batch)
            with half_precision():
                # The teachers learnt from PolNeAR and know nothing of the corpus's finer points.
                lesson = taught(teachers, x) if teachers and not batch[0].house else None
                x["ids"] = mask_words(x["ids"], 0.08)
                out = model(**x).float()
                subjects, order = None, []
                # Reading issues takes half as long as reading the batch: every other time is enough.
                if step % 2 and any(w.statements for w in batch):
                    order, windows = lessons.subjects(batch)
                    said, _ = tensors(windows)
                    inside = (said["mask"] & (said["ids"] != data.CLS) & (said["ids"] != data.SEP)).float()[..., None]
                    subjects = (split(model(**said).float())[3][3] * inside).sum(1) / inside.sum(1)
            loss = gold_loss(out, batch)
            if any(w.statements for w in batch):
                loss = loss + a.told * told_loss(out, batch, model.known.weight, subjects, order)
            if lesson:
                loss = 0.5 * loss + soft_loss(out, batch, lesson)
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
    (a.out / "config.json").write_text(json.dumps({"shape": model.shape, "passes": a.passes, "rate": a.rate, "seed": a.seed,
                                                "teachers": [t.name for t in a.teachers]}))
    print(f"trained in {(time.time() - began) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
