"""Training examples: windows of whole paragraphs with labels on the words.

PolNeAR and the project's own corpus give source, cue, content and their links, the corpus also acts; CoNLL 2003 and
the Groningen Meaning Bank give entities.
"""
import functools
import hashlib
import json
import random
import re
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from .view import View, paragraphs, pieces_between

WINDOW = 192  # pieces in a window, with [CLS] and [SEP]
SUBJECT = 30  # pieces of an issue's label and words that are read
CLS, SEP = 101, 102
ROLES = ("source", "cue", "content")
ENTITY_LABELS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"]
GMB_TO_CONLL = {"per": "PER", "org": "ORG", "geo": "LOC", "gpe": "MISC"}
ACTS = ("assert", "assess", "propose", "demand", "accept", "reject", "commit", "warn", "accuse", "deny")
STANCES = ("supports", "opposes", "conditional", "open", "unclear")
IGNORE = -100


@dataclass
class Window:
    ids: list = field(default_factory=lambda: [CLS])
    case: list = field(default_factory=lambda: [0])
    quote: list = field(default_factory=lambda: [0])
    first: list = field(default_factory=lambda: [0])  # 1 at the first piece of a paragraph
    offsets: list = field(default_factory=lambda: [(0, 0)])
    starts: list = field(default_factory=lambda: [False])  # a word starts at this piece
    paragraph: list = field(default_factory=lambda: [-1])
    roles: list = field(default_factory=list)  # one list of O/B/I (0, 1, 2) for each of ROLES
    entities: list = field(default_factory=list)
    links: list = field(default_factory=list)  # (cue pieces, source pieces, content pieces)
    statements: list = field(default_factory=list)  # (cue pieces, content pieces, act, {issue: stance})
    house: bool = False  # from the project's own corpus

    def add(self, view, run, start, paragraph):
        a, b = run
        self.ids += view.ids[a:b]
        self.case += view.case[a:b]
        self.quote += view.quote[a:b]
        self.first += [int(k == 0) for k in range(a, b)]
        self.offsets += [(start + x, start + y) for x, y in view.offsets[a:b]]
        self.starts += view.starts[a:b]
        self.paragraph += [paragraph] * (b - a)

    def close(self):
        self.ids.append(SEP)
        for values, pad in ((self.case, 0), (self.quote, 0), (self.first, 0), (self.offsets, (0, 0)),
                            (self.starts, False), (self.paragraph, -1)):
            values.append(pad)
        return self

    def __len__(self):
        return len(self.ids)


def windows(tokenizer, text, size=WINDOW, drop_mark=None):
    """Packs an article's paragraphs into windows. `drop_mark(text)` may alter a paragraph without moving offsets."""
    out, current = [], Window()
    for number, (a, b) in enumerate(paragraphs(text)):
        part = text[a:b]
        view = View(tokenizer, drop_mark(part) if drop_mark else part)
        for run in pieces_between(view, size - 2):
            if len(current) + run[1] - run[0] > size - 1:
                out.append(current.close())
                current = Window()
            current.add(view, run, a, number)
    if len(current) > 1:
        out.append(current.close())
    return out


def label(window, attributions):
    """Fills roles and links of a window from gold attributions (code point spans)."""
    n = len(window)
    window.roles = [[IGNORE] * n for _ in ROLES]
    words = [k for k in range(n) if window.starts[k]]
    for tags in window.roles:
        for k in words:
            tags[k] = 0
    # What lies inside another content is part of that one's run: the longer is written last.
    for a in sorted(attributions, key=lambda a: sum(e - s for s, e in a["content"])):
        found = []
        for role, name in enumerate(ROLES):
            pieces = []
            for s, e in a[name]:
                inside = [k for k in words if s <= window.offsets[k][0] < e]
                for position, k in enumerate(inside):
                    window.roles[role][k] = 2 if position else 1
                pieces += inside
            found.append(pieces)
        source, cue, content = found
        if cue and content:
            window.links.append((cue, source, content))
        if "act" in a and (cue or content):
            stances = {p["issue"]: STANCES.index(p["stance"]) for p in a["positions"]}
            window.statements.append((cue, content, ACTS.index(a["act"]), stances))
    return window


def drop_some_marks(rng, share):
    """Sometimes blanks one quotation mark of a paragraph, as careless pages do."""
    def drop(text):
        if rng.random() >= share:
            return text
        marks = [i for i, c in enumerate(text) if c in "“”\""]
        if not marks:
            return text
        i = rng.choice(marks)
        return text[:i] + " " + text[i + 1:]
    return drop


def polnear(shared, split):
    sys.path.insert(0, str(shared / "score"))
    import polnear as reader
    return [(stem, reader.text(split, stem), reader.gold(split, stem)) for stem in reader.stems(split)]


def stand_off(shared, name):
    """A file of the project's own corpus with its texts, as (id, text, statements)."""
    texts = texts_by_hash(shared / "data")
    lines = map(json.loads, (Path(__file__).resolve().parents[2] / "corpus" / f"{name}.jsonl").open(encoding="utf-8"))
    return [(one["article"]["id"], texts[one["article"]["sha256"]], one["statements"]) for one in lines]


def house(shared, part):
    """A part of the project's own corpus, with its texts; with `train` come the examples."""
    out = stand_off(shared, part)
    if part == "train":
        for path in sorted((Path(__file__).resolve().parents[2] / "examples/gold").glob("*.json")):
            one = json.loads(path.read_text(encoding="utf-8"))
            out.append((one["article"]["id"], one["article"]["text"], one["statements"]))
    return out


def whole(part):
    """A part of the corpus whose texts stand in it, as those of `agency` do."""
    path = Path(__file__).resolve().parents[2] / f"corpus/{part}.jsonl"
    lines = map(json.loads, path.open(encoding="utf-8"))
    return [(one["article"]["id"], one["article"]["text"], one["statements"]) for one in lines]


@functools.cache
def texts_by_hash(folder):
    return {hashlib.sha256(text.encode()).hexdigest(): text for text in annotated_texts(folder)}


def annotated_texts(folder):
    """Every text that the corpus may be about: bare news, documents of re3d and TempEval-3, PolNeAR train, CoNLL 2003."""
    for path in sorted(folder.glob("news/*.jsonl")):
        yield from (json.loads(line)["text"] for line in path.open(encoding="utf-8"))
    for path in sorted(folder.glob("re3d/*/documents.json")):
        yield from (json.loads(line)["text"] for line in path.open(encoding="utf-8") if line.strip())
    for path in sorted(folder.glob("tempeval3/data/TBAQ-cleaned/*/*.tml")):
        yield "".join(ElementTree.parse(path).getroot().find("TEXT").itertext()).strip()
    for path in sorted(folder.glob("polnear/train/text/*.txt")):
        yield path.read_bytes().decode()
    for path in sorted(folder.glob("conll2003/eng.*")):
        yield from documents(path)


def documents(path):
    """CoNLL 2003's documents as texts, a sentence a paragraph, with the spaces of print."""
    text, sentence = "", []
    for line in path.open(encoding="utf-8"):
        word = line.split()
        if word and word[0] != "-DOCSTART-":
            sentence.append(word[0])
            continue
        if sentence:
            text += ("\n" if text else "") + printed(sentence)
            sentence = []
        if word and text:
            yield text
            text = ""
    yield text + ("\n" if text and sentence else "") + printed(sentence)


def printed(words):
    """A sentence with spaces where print has them; straight quotation marks open and close in turns."""
    text, quoted = "", False
    for w in words:
        closes = w == '"' and quoted
        glued = closes or w[0] in ".,;:!?%)" or w.startswith("'") or w == "n't"
        opened = text.endswith(("(", "$")) or quoted and text.endswith('"')
        text += ("" if not text or opened or glued else " ") + w
        quoted ^= w == '"'
    return text


def told(shared):
    """Statements whose act, issues and stances alone were labelled, as (id, text, statements)."""
    return stand_off(shared, "told")


def written():
    """Passages written for this, in which acts, issues and stances are easily misread, as (id, text, statements)."""
    lines = map(json.loads, (Path(__file__).resolve().parents[2] / "corpus/written.jsonl").open(encoding="utf-8"))
    return [(f"written-{k}", one["text"], one["statements"]) for k, one in enumerate(lines)]


def judged(shared):
    """All statements whose act, issues and stances are known, as (id, text, statements)."""
    return house(shared, "train") + told(shared) + written()


def untold(shared):
    """PolNeAR's attributions of which nobody told what they do or are about."""
    labelled = {text: {tuple(map(tuple, s["content"])) for s in statements}
                for _, text, statements in judged(shared)}
    rest = [(name, text, [a for a in gold if a["cue"] and tuple(map(tuple, a["content"])) not in labelled.get(text, ())])
            for name, text, gold in polnear(shared, "train")]
    return [one for one in rest if one[2]]


@functools.cache
def issues():
    """The built-in issues, as {id: (label, words)}."""
    root = Path(__file__).resolve().parents[2]
    with (root / "dossiers/peace-and-security.toml").open("rb") as file:
        dossier = tomllib.load(file)
    return {i["id"]: (i["label"], i["words"]) for i in dossier["issue"]}


def subject(label, words):
    """An issue in words, as the program shows it to the encoder: its label and as many of its words as there is room for."""
    said = [re.sub(r"[*+|]", " ", w) for w in words]
    return "; ".join([label, *(" ".join(w.split()) for w in said)])


def subject_window(tokenizer, text):
    """The window of an issue in words, cut at `SUBJECT` pieces."""
    view = View(tokenizer, text)
    window = Window()
    window.add(view, (0, min(len(view.ids), SUBJECT)), 0, 0)
    window.house = True
    return window.close()


def news(shared):
    """Texts of news articles that nobody annotated."""
    files = sorted((shared / "data/news").glob("*.jsonl"))
    return [json.loads(line)["text"] for path in files for line in path.open(encoding="utf-8")]


def attribution_windows(tokenizer, articles, rng, share, house=False):
    """Labelled windows; each article is cut to a size of its own, so that every pass shows other neighbours."""
    drop = drop_some_marks(rng, share) if share else None
    out = [label(w, gold) for _, text, gold in articles
           for w in windows(tokenizer, text, size=rng.randint(WINDOW * 5 // 8, WINDOW), drop_mark=drop)]
    for window in out:
        window.house = house
    return out


def read_columns(path, word=0, tag=-1):
    sentence = []
    for line in open(path, encoding="utf-8"):
        parts = line.split()
        if not parts or parts[0] == "-DOCSTART-":
            if sentence:
                yield sentence
            sentence = []
        else:
            sentence.append((parts[word], parts[tag]))
    if sentence:
        yield sentence


def entity_sentences(shared):
    """Sentences as (word, CoNLL label in BIO)."""
    out = []
    for path, table in (("conll2003/eng.train", None), ("gmb_ner/gmb_voa.conll", GMB_TO_CONLL)):
        for sentence in read_columns(shared / "data" / path):
            tags, before = [], None
            for _, tag in sentence:
                mark, _, kind = tag.partition("-")
                kind = table.get(kind) if table else kind
                if not kind:
                    tags.append("O")
                    before = None
                    continue
                tags.append(("B-" if mark == "B" or before != kind else "I-") + kind)
                before = kind
            out.append((path, [w for w, _ in sentence], tags))
    return out


def join(words):
    """A sentence from its tokens, and each token's start."""
    text, starts = "", []
    for w in words:
        if text and not (w[0] in ".,;:!?%)" or w.startswith("'") or w == "n't"):
            text += " "
        starts.append(len(text))
        text += w
    return text, starts


def entity_windows(tokenizer, sentences, size=WINDOW):
    """Packs sentences, one a paragraph, into windows with entity labels on the words."""
    out, current, labels = [], Window(), [IGNORE]

    def finish():
        current.close()
        current.entities = labels + [IGNORE]
        out.append(current)

    for number, (_, words, tags) in enumerate(sentences):
        text, starts = join(words)
        view = View(tokenizer, text)
        n = len(view.ids)
        if n > size - 2:
            continue
        if len(current) + n > size - 1:
            finish()
            current, labels = Window(), [IGNORE]
        at = {s: t for s, t in zip(starts, tags)}
        spans = sorted(zip(starts, tags))
        current.add(view, (0, n), 0, number)
        token = -1
        for k in range(n):
            while token + 1 < len(spans) and spans[token + 1][0] <= view.offsets[k][0]:
                token += 1
            if not view.starts[k]:
                labels.append(IGNORE)
                continue
            tag = spans[max(token, 0)][1]
            if tag.startswith("B-") and view.offsets[k][0] != spans[max(token, 0)][0]:
                tag = "I-" + tag[2:]
            labels.append(ENTITY_LABELS.index(tag))
    if len(current) > 1:
        finish()
    return out
