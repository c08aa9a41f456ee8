"""The tagger: a MiniLM encoder with features of case, quotation and paragraph, and three kinds of heads.

For each piece: O/B/I scores of source, cue and content; entity scores; and, for linking, a query (read where the
piece is in a cue) and keys for "I am the source of that cue" and "I am content of that cue". A link's score is the
dot product of query and key: a biaffine pointer in the manner of Dozat and Manning (2017). Acts are read where a cue is.
"""
import json
import math
import zipfile

import torch
from safetensors.torch import load as load_safetensors
from torch import nn

from .data import ACTS, ENTITY_LABELS, STANCES, issues

LINK = 64
HEAD = 32  # numbers in one head of attention
FRESH = ("head", "case", "quote", "first", "house", "known")  # parts that MiniLM has not
TOPIC = 64  # numbers by which a statement and an issue are held side by side
# Acts and stances are read twice, where a cue and where a content is; an issue's own words give its number beside the rest.
OUTPUT = {"roles": 9, "entities": len(ENTITY_LABELS), "links": 4 * LINK, "acts": 2 * len(ACTS), "stances": 2 * len(STANCES),
          "topic": TOPIC, "subject": TOPIC + 1}


class Layer(nn.Module):
    def __init__(self, d, inner, heads):
        super().__init__()
        self.qkv = nn.Linear(d, 3 * heads * HEAD)
        self.out = nn.Linear(heads * HEAD, d)
        self.norm1 = nn.LayerNorm(d, eps=1e-12)
        self.up = nn.Linear(d, inner)
        self.down = nn.Linear(inner, d)
        self.norm2 = nn.LayerNorm(d, eps=1e-12)

    def forward(self, x, mask):
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, -1, HEAD).permute(2, 0, 3, 1, 4)
        # Written out, and in the precision that comes: three times as fast on CPUs as PyTorch's own attention.
        with torch.autocast("cpu", enabled=False):
            scores = q @ (k.transpose(-1, -2) * HEAD ** -0.5) + mask.to(q.dtype)
            a = scores.softmax(-1) @ v
        x = self.norm1(x + self.out(a.transpose(1, 2).reshape(b, t, -1)))
        return self.norm2(x + self.down(nn.functional.gelu(self.up(x))))


class Tagger(nn.Module):
    def __init__(self, layers=6, d=384, inner=1536, heads=12, vocabulary=30522, positions=512):
        super().__init__()
        self.shape = {"layers": layers, "d": d, "inner": inner, "heads": heads}
        self.words = nn.Embedding(vocabulary, d)
        self.positions = nn.Embedding(positions, d)
        # Kept as they came: the tagger should not grow fond of the names in its training articles.
        self.words.weight.requires_grad = self.positions.weight.requires_grad = False
        self.case = nn.Embedding(4, d)
        self.quote = nn.Embedding(4, d)
        self.first = nn.Embedding(2, d)
        for e in (self.case, self.quote, self.first):
            nn.init.normal_(e.weight, std=0.02)
        # Whose guidelines are followed, PolNeAR's (0) or the corpus's (1): they differ in what they take for a statement.
        self.house = nn.Embedding(2, d)
        nn.init.zeros_(self.house.weight)
        # The built-in issues, which training has seen statements of; of others, only their words tell.
        self.known = nn.Embedding(len(issues()), TOPIC + 1)
        with torch.no_grad():
            self.known.weight[:, TOPIC] = -3
        self.norm = nn.LayerNorm(d, eps=1e-12)
        self.drop = nn.Dropout(0.1)  # before the heads only: random masks are most of the time of a CPU step
        self.layers = nn.ModuleList(Layer(d, inner, heads) for _ in range(layers))
        self.head = nn.Linear(d, sum(OUTPUT.values()))

    def forward(self, ids, case, quote, first, mask, house):
        t = ids.shape[1]
        x = self.words(ids) + self.positions.weight[:t] + self.case(case) + self.quote(quote) + self.first(first)
        x = self.norm(x + self.house(house)[:, None])
        mask = torch.where(mask, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return self.head(self.drop(x))


def split(output):
    """The heads' parts: roles [.., 3, 3], entities [.., 9], links as query/key pairs for source and content; and of statements
    acts [.., 2, 10], stances [.., 2, 5], topic [.., 64], subject [.., 65]."""
    roles, entities, links, acts, stances, topic, subject = output.split(list(OUTPUT.values()), dim=-1)
    qs, ks, qc, kc = links.split(LINK, dim=-1)
    told = acts.unflatten(-1, (2, -1)), stances.unflatten(-1, (2, -1)), topic, subject
    return roles.unflatten(-1, (3, 3)), entities, ((qs, ks), (qc, kc)), told


def by_parts(scores, cue, content):
    """Scores [2, n] of a statement, from those of pieces [pieces, 2, n] at its cue's and its content's words."""
    zero = scores.new_zeros(scores.shape[-1])
    return (scores[cue, 0].mean(0) if cue else zero) + (scores[content, 1].mean(0) if content else zero)


def about(topics, subjects):
    """How far statements [s, 64] take up issues [i, 65], as logits [s, i]."""
    return topics @ subjects[:, :TOPIC].T / math.sqrt(TOPIC) + subjects[:, TOPIC]


def link_scores(query, key):
    return query @ key.transpose(-1, -2) / math.sqrt(LINK)


def member(archive, name):
    with zipfile.ZipFile(archive) as z:
        return z.read(next(n for n in z.namelist() if n.endswith(name)))


def pretrained(archive, keep):
    """A Tagger that starts from MiniLM's weights in the package's zip, with the layers in `keep`."""
    weights = {k.removeprefix("bert."): v for k, v in load_safetensors(member(archive, "model.safetensors")).items()}
    model = Tagger(layers=len(keep))
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
    }
    names = {"qkv": [f"attention.self.{n}" for n in ("query", "key", "value")], "out": ["attention.output.dense"],
             "norm1": ["attention.output.LayerNorm"], "up": ["intermediate.dense"], "down": ["output.dense"],
             "norm2": ["output.LayerNorm"]}
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for i, source in enumerate(keep):
            for part, parts in names.items():
                state[f"layers.{i}.{part}.{kind}"] = torch.cat([weights[f"encoder.layer.{source}.{n}.{kind}"] for n in parts])
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected and all(m.split(".")[0] in FRESH for m in missing), (missing, unexpected)
    return model


def load(folder):
    """A trained tagger from its run's folder."""
    model = Tagger(**json.loads((folder / "config.json").read_text())["shape"])
    state = torch.load(folder / "model.pt")
    model.load_state_dict(state)
    return model.eval()


def trimmed(layer, heads, inner):
    """A layer with the heads and inner numbers whose weights are greatest."""
    state = layer.state_dict()
    d = layer.out.weight.shape[0]
    values = layer.qkv.weight.unflatten(0, (3, -1, HEAD))[2].pow(2).sum((1, 2))
    weight = values * layer.out.weight.unflatten(1, (-1, HEAD)).pow(2).sum((0, 2))
    kept = weight.topk(heads).indices.sort().values
    for kind in ("weight", "bias"):
        qkv = getattr(layer.qkv, kind).unflatten(0, (3, -1, HEAD))
        state[f"qkv.{kind}"] = qkv[:, kept].flatten(0, 2)
    state["out.weight"] = layer.out.weight.unflatten(1, (-1, HEAD))[:, kept].flatten(1)
    kept = (layer.up.weight.pow(2).sum(1) * layer.down.weight.pow(2).sum(0)).topk(inner).indices.sort().values
    state["up.weight"], state["up.bias"] = layer.up.weight[kept], layer.up.bias[kept]
    state["down.weight"] = layer.down.weight[:, kept]
    small = Layer(d, inner, heads)
    small.load_state_dict(state)
    return small


def pruned(model, layers, heads, inner):
    """The first layers of a tagger, each trimmed."""
    small = Tagger(layers=layers, inner=inner, heads=heads)
    small.load_state_dict({k: v for k, v in model.state_dict().items() if not k.startswith("layers.")}, strict=False)
    small.layers = nn.ModuleList(trimmed(layer, heads, inner) for layer in model.layers[:layers])
    return small


def tokenizer(archive):
    from tokenizers import Tokenizer
    spec = json.loads(member(archive, "tokenizer.json"))
    spec["truncation"] = spec["padding"] = None
    return Tokenizer.from_str(json.dumps(spec))
