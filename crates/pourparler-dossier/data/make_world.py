#!/usr/bin/env python3
"""Makes world.tsv from the countries.json of the npm package `world-countries`.

    npm pack world-countries@5.1.0 && tar xf world-countries-5.1.0.tgz
    python3 make_world.py package/countries.json > world.tsv

What news English calls things beyond this table (abbreviations, irregular demonyms, seats of government,
movements, bodies) is in names.tsv, which is written by hand.
"""

import json
import re
import sys
from collections import Counter

# Short common names where news English differs from the package.
NEWS_NAMES = {
    "CZ": "Czech Republic",
    "PS": "Palestinian Authority",
    "TL": "East Timor",
    "TR": "Turkey",
    "VA": "Vatican",
}
# Nobody lives there for long, so nobody speaks for it.
LEFT_OUT = {"AQ", "BV", "HM", "IO", "GS", "TF", "UM"}
# Not independent in the package, yet with a government that speaks from its capital.
GOVERNED = {"XK", "PS", "TW"}
# Demonyms that several countries share: whom news English means.
SHARED = {"Congolese": "CD", "Dominican": "DO"}
# The package's alternative names are in many languages; the English ones are styles of state.
STYLE = re.compile(r"\b(Republic|Kingdom|State|States|Federation|Principality|Sultanate|Union|Confederation)\b")
NO_PLURAL = re.compile(r"(ese|ish|ch|ss|se|men|ois|ais|nx|asy|uti|tar|dic|Islander|Kiribati|Vanuatu|tswana|sotho|British)$")


def sovereign(country):
    return bool(country["independent"]) or country["cca2"] in GOVERNED


def demonyms(country):
    english = country["demonyms"].get("eng", {})
    words = [w for form in ("m", "f") for w in re.split(r", | or ", english.get(form, "")) if w]
    return list(dict.fromkeys(words))


def main(path):
    with open(path, encoding="utf-8") as file:
        countries = sorted(json.load(file), key=lambda c: c["name"]["common"])
    countries = [c for c in countries if c["cca2"] not in LEFT_OUT]
    taken = {word for c in countries if sovereign(c) for word in demonyms(c)}
    territories = Counter(word for c in countries if not sovereign(c) for word in demonyms(c))
    print("name", "iso", "official", "capitals", "demonyms", "other", sep="\t")
    for country in countries:
        code = country["cca2"]
        common = country["name"]["common"]
        name = NEWS_NAMES.get(code, common)
        names = {name, country["name"]["official"]}
        other = [a for a in country["altSpellings"] if STYLE.search(a) and not re.search(r"[,(]|^[Tt]he | des ", a)]
        other = [a for a in dict.fromkeys([common, *other]) if a not in names]
        people = []
        for word in demonyms(country):
            shared = SHARED.get(word, code) != code
            if shared or word in (common, name):
                continue
            if not sovereign(country) and (word in taken or territories[word] > 1):
                continue
            people.append(word)
            if not NO_PLURAL.search(word):
                people.append(word + "s")
        capitals = [c for c in country["capital"] if sovereign(country) and c not in (common, name)]
        print(name, code, country["name"]["official"], *map(" | ".join, (capitals, people, other)), sep="\t")


if __name__ == "__main__":
    main(sys.argv[1])
