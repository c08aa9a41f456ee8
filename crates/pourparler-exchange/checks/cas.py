"""Reads a folder of CAS with dkpro-cassis and holds the words under its offsets against the statements.

    python -m venv venv && venv/bin/pip install dkpro-cassis
    cargo run -p pourparler-exchange --example bulk -- cas /tmp/cas 200
    cargo run -p pourparler-exchange --example bulk -- statements /tmp/statements.jsonl 200
    venv/bin/python checks/cas.py /tmp/cas /tmp/statements.jsonl

The statements are the exchange form, offsets in code points, as `read --format jsonl` prints them.
"""

import json
import pathlib
import sys

import cassis

folder, lines = pathlib.Path(sys.argv[1]), sys.argv[2]
records = {r["article"]["id"]: r for r in map(json.loads, open(lines))}

with open(folder / "TypeSystem.xml", "rb") as file:
    layers = cassis.load_typesystem(file)
CONTENT = "webanno.custom.Content"
segmentation = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."
meta = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"


def targets(links):
    return [link.target for link in links.elements] if links else []


seen, words = set(), 0
for path in sorted(folder.glob("*.json")):
    with open(path, "rb") as file:
        cas = cassis.load_cas_from_json(file)
    for layer in layers.get_types():
        declared = {f.name: f.rangeType.name for f in layer.all_features}
        assert declared == {f.name: f.rangeType.name for f in cas.typesystem.get_type(layer.name).all_features}
    [about] = cas.select(meta)
    record = records[about.documentId]
    seen.add(about.documentId)
    text = record["article"]["text"]
    assert cas.sofa_string == text
    [published] = [
        f.value
        for f in cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.MetaDataStringField")
        if f.key == "published"
    ] or [None]
    assert published == record["article"]["published"]

    heads = {a.statementId: a for a in cas.select(CONTENT) if a.speakerKind}
    for statement in record["statements"]:
        head = heads[statement["id"]]
        assert head.speaker == statement["speaker"]["name"] and head.party == statement["speaker"]["party"]
        assert (head.via.elements if head.via else []) == statement["via"]
        stances = [f"{p['issue']}: {p['stance']}" for p in statement["positions"]]
        assert [p.split(" [")[0] for p in (head.positions.elements if head.positions else [])] == stances
        assert (head.madeBy == "person") or abs(head.confidence - statement["confidence"]) < 1e-6
        if "relayed_by" in statement:
            [outer] = targets(head.relayedBy)
            assert outer.statementId == statement["relayed_by"]
        for annotations, spans in (
            ([head, *targets(head.pieces)], statement["content"]),
            (targets(head.sources), statement["source"]),
            (targets(head.cues), statement["cue"]),
            ([m for m in targets(head.manner) if m.kind == "hedge"], statement.get("hedges", [])),
        ):
            got = [a.get_covered_text() for a in annotations]
            assert got == [text[start:end] for start, end in spans], (path, got)
            words += len(got)

    sentences = list(cas.select(segmentation + "Sentence"))
    tokens = list(cas.select(segmentation + "Token"))
    assert sentences and tokens
    for sentence in sentences:
        assert sentence.get_covered_text().strip() == sentence.get_covered_text() != ""
    inside = [t for s in sentences for t in cas.select_covered(segmentation + "Token", s)]
    assert len(inside) == len(tokens), "a token is outside of sentences"
    # What is no token is white space.
    assert "".join(t.get_covered_text() for t in tokens) == "".join("".join(text.split()).split())

assert seen == set(records), "an article is missing"
print(f"{len(seen)} articles, {words} spans: as they should be")
