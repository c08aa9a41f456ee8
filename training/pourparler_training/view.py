"""The model's view of a paragraph: wordpieces with case, quotation and paragraph features.

Mirrors `crates/pourparler-extract/src/view.rs`; `tests/fixtures/view.json` of that crate, written by
`python -m pourparler_training.parity`, holds both to the same output. Offsets are code points.
"""
import unicodedata

# Case of a piece.
NO_LETTERS, LOWER, CAPITALISED, UPPER = range(4)
# Place of a piece in relation to quotation marks.
OUTSIDE, INSIDE, OPENING, CLOSING = range(4)

OPENERS = "“„«‟"
CLOSERS = "”»"
DOUBLED = {"''": None, "``": OPENING, "‘‘": OPENING, "’’": CLOSING}  # typed for one double mark; None as straight ones
OPENING_CONTEXT = "([{-–—/"


def quotation_marks(text):
    """{index of a character: OPENING or CLOSING} for the quotation marks of one paragraph.

    Direction of straight marks follows from their left neighbour. Single marks count only where they pair up
    outside double marks; other single marks are apostrophes.
    """
    marks = {}
    low = False  # inside a quotation that „ opened, which “ closes
    n = len(text)
    depth = 0
    single_open = None
    for i, c in enumerate(text):
        before = text[i - 1] if i else " "
        after = text[i + 1] if i + 1 < n else " "
        if i in marks and c in "'`‘’":  # the second of a doubled mark
            continue
        starts = before.isspace() or before in OPENING_CONTEXT
        # Marks that stand the wrong way round, as in ”careless print” and in »some languages«.
        if c == "“" and low or c in "“«" and depth and not starts and not after.isalnum():
            kind = CLOSING
        elif c in CLOSERS and not depth and starts and after.isalnum():
            kind = OPENING
        elif c in OPENERS:
            kind = OPENING
        elif c in CLOSERS:
            kind = CLOSING
        elif c in '"＂':
            kind = OPENING if starts else CLOSING
        elif c + after in DOUBLED:
            kind = DOUBLED[c + after] or (OPENING if starts else CLOSING)
            marks[i + 1] = kind
        else:
            kind = None
        if kind is not None:
            low = c == "„"
            marks[i] = kind
            depth = 1 if kind == OPENING else 0
            single_open = None
            continue
        if depth or c not in "'‘’":
            continue
        if single_open is None:
            if c != "’" and starts and after.isalnum():
                single_open = i
        elif c != "‘" and not after.isalnum() and not before.isspace():
            marks[single_open] = OPENING
            marks[i] = CLOSING
            single_open = None
    return marks


def quotation_states(text, marks):
    """OUTSIDE, INSIDE, OPENING or CLOSING for every character.

    A quotation that is never closed runs to the end of its paragraph; a closing mark that nothing opened closes a
    quotation that began with the paragraph.
    """
    states = []
    inside = False
    for i in range(len(text)):
        kind = marks.get(i)
        if kind == OPENING:
            inside = True
        elif kind == CLOSING:
            if not inside and OPENING not in states and CLOSING not in states:
                states = [INSIDE] * len(states)
            inside = False
        states.append(kind if kind is not None else (INSIDE if inside else OUTSIDE))
    return states


def case_of(piece):
    letters = [c for c in piece if c.isalpha()]
    if not letters:
        return NO_LETTERS
    if not letters[0].isupper():
        return LOWER
    return UPPER if len(letters) > 1 and all(c.isupper() for c in letters) else CAPITALISED


def model_text(text, marks):
    """The text as the encoder reads it: one character for one, all quotation marks straight."""
    out = []
    for i, c in enumerate(text):
        if i in marks:
            out.append('"')
        elif c == "’" or c == "‘":
            out.append("'")
        else:
            out.append(c)
    return "".join(out)


class View:
    """Pieces of one paragraph: ids, (start, end) offsets, case, quotation state, and whether a word starts."""

    def __init__(self, tokenizer, text):
        marks = quotation_marks(text)
        states = quotation_states(text, marks)
        enc = tokenizer.encode(model_text(text, marks), add_special_tokens=False)
        self.ids, self.offsets = enc.ids, enc.offsets
        self.starts = [not t.startswith("##") for t in enc.tokens]
        self.case = [case_of(text[a:b]) for a, b in enc.offsets]
        self.quote = [states[a] if a < len(states) else OUTSIDE for a, _ in enc.offsets]


def paragraphs(text):
    """(start, end) of every line that is not blank."""
    out, pos = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append((pos, pos + len(line)))
        pos += len(line) + 1
    return out


def pieces_between(view, limit):
    """Cuts a long paragraph into runs of at most `limit` pieces, after a sentence end where there is one."""
    n, start, out = len(view.ids), 0, []
    while n - start > limit:
        end = start + limit
        for k in range(end, start + limit // 2, -1):
            if view.starts[k] and k - 1 >= start and view.case[k - 1] == NO_LETTERS and view.ids[k - 1] in view_stops():
                end = k
                break
        else:
            while end > start + 1 and not view.starts[end]:
                end -= 1
        out.append((start, end))
        start = end
    out.append((start, n))
    return out


def view_stops():
    """Ids of '.', '!' and '?' in the BERT uncased vocabulary."""
    return {1012, 999, 1029}
