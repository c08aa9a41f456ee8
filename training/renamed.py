"""Does the tagger know names or language? PolNeAR dev with its names replaced by names from other countries.

  renamed.py articles SHARED TAGGED.jsonl    dev as articles, every name that the tagger saw in them replaced
  renamed.py score SHARED TAGGED.jsonl PRED  scores PRED (as the attribution scorer wants it) on that text

TAGGED.jsonl is what the crate's example `tag` prints for dev as it is. A word of a name always becomes the same word within
its article, in the same case; the gold's offsets move with it.
"""
import bisect
import json
import re
import sys

PERSONS = """Wanjiru Otieno Kamau Njoroge Achieng Kiprotich Virtanen Korhonen Nieminen Aaltonen Lahtinen Takahashi Yamamoto
Kobayashi Nakamura Hayashi Quispe Mamani Huaman Condori Ccori Nguyen Pham Tran Hoang Okonkwo Adeyemi Balogun Eze Chukwu
Baatar Ganbold Enkhtuya Papadakis Georgiou Nikolaidis Katsaros Szabo Horvath Kovacs Nemeth Farkas Lindqvist Bergstrom
Haraldsson Gudmundsdottir Tshabalala Dlamini Nkosi Mokoena Rahmani Karimi Hosseini Jafari Ozturk Yildirim Demirci""".split()
PLACES = """Mombasa Kisumu Nakuru Tampere Oulu Turku Nagoya Sapporo Fukuoka Arequipa Cusco Puno Danang Hue Ibadan Enugu Kano
Darkhan Erdenet Patras Larissa Volos Debrecen Szeged Pecs Uppsala Malmo Akureyri Durban Polokwane Isfahan Shiraz Tabriz
Izmir Konya Bursa""".split()
BODIES = """Harambee Umoja Sauti Kansallinen Eduskunta Suomen Kokkai Minshu Kensetsu Andina Sierra Runa Dong Quoc Hoa Naija
Arewa Oduduwa Khural Altan Syriza Ethniki Magyar Szovetseg Riks Folket Althingi Imbizo Sisonke Melli Shura Birlik""".split()
LISTS = {"Person": PERSONS, "Place": PLACES, "Organisation": BODIES, "Other": BODIES}
KEEP = {"Mr", "Mrs", "Ms", "Dr", "Sen", "Rep", "Gov", "President", "Senator", "Secretary", "Party", "Department", "Court",
        "House", "Senate", "Congress", "State", "University", "Committee", "The", "Of", "And", "For"}


def renamed(text, names):
    """The new text, and where old offsets lie in it: sorted (old offset, new offset) of every change."""
    table, edits, used = {}, [], {k: 0 for k in LISTS}
    for (start, end), kind in names:
        for m in re.finditer(r"\w+", text[start:end]):
            word = m.group()
            if not word[0].isupper() or word in KEEP or len(word) < 2:
                continue
            if word.lower() not in table:
                choices = LISTS[kind]
                table[word.lower()] = choices[(sum(map(ord, text[:200])) + used[kind]) % len(choices)]
                used[kind] += 1
            other = table[word.lower()]
            edits.append((start + m.start(), start + m.end(), other.upper() if word.isupper() and len(word) > 3 else other))
    out, moved, at = [], [(0, 0)], 0
    for start, end, other in sorted(edits):
        if start < at:
            continue
        out += [text[at:start], other]
        at = end
        moved.append((end, sum(map(len, out))))
    return "".join(out) + text[at:], moved


def new_offset(moved, offset):
    old, new = moved[bisect.bisect_right(moved, (offset, float("inf"))) - 1]
    return new + offset - old


def main():
    what, shared, tagged = sys.argv[1:4]
    sys.path.insert(0, f"{shared}/score")
    import polnear
    import score_attribution as scorer
    names = {(row := json.loads(line))["doc"]: row["names"] for line in open(tagged, encoding="utf-8")}
    made = {stem: renamed(polnear.text("dev", stem), names[stem]) for stem in polnear.stems("dev")}
    if what == "articles":
        for stem, (text, _) in made.items():
            print(json.dumps({"id": stem, "language": "en", "text": text}))
        return
    gold = polnear.gold

    def moved_gold(split, stem):
        move = made[stem][1]
        at = lambda spans: [[new_offset(move, s), new_offset(move, e)] for s, e in spans]
        return [{k: at(v) if k in ("source", "cue", "content") else v for k, v in a.items()} for a in gold(split, stem)]

    polnear.text, polnear.gold = (lambda split, stem: made[stem][0]), moved_gold
    scorer.show(scorer.score(scorer.load(sys.argv[4]), "dev"))


if __name__ == "__main__":
    main()
