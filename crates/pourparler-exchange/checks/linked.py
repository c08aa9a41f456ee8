"""Expands the linked forms with rdflib, without a network, and holds them against the statements.

    python -m venv venv && venv/bin/pip install rdflib
    for f in annotations claims prov statements; do
        cargo run -p pourparler-exchange --example bulk -- $f /tmp/linked.$f 200
    done
    venv/bin/python checks/linked.py /tmp/linked

The standard context of annotations is answered for here with the terms that we use.
"""

import json
import sys

import rdflib
from rdflib.namespace import PROV, RDF, RDFS

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
AS = rdflib.Namespace("http://www.w3.org/ns/activitystreams#")
PP = rdflib.Namespace("urn:pourparler:terms#")
SCHEMA = rdflib.Namespace("https://schema.org/")


def link(iri):
    return {"@id": iri, "@type": "@id"}


def term(iri):
    return {"@id": iri, "@type": "@vocab"}


OA_CONTEXT = {
    "oa": str(OA), "as": str(AS), "dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/", "rdf": str(RDF), "rdfs": str(RDFS),
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@id": "@id", "@type": "@id"}, "type": {"@id": "@type", "@type": "@id"},
    "Annotation": "oa:Annotation", "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage", "TextualBody": "oa:TextualBody",
    "SpecificResource": "oa:SpecificResource", "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector", "TimeState": "oa:TimeState", "Text": "dctypes:Text",
    "dctypes": "http://purl.org/dc/dcmitype/", "Person": "foaf:Person", "Software": "as:Application",
    "body": link("oa:hasBody"), "target": link("oa:hasTarget"), "source": link("oa:hasSource"),
    "selector": link("oa:hasSelector"), "state": link("oa:hasState"), "motivation": term("oa:motivatedBy"),
    "purpose": term("oa:hasPurpose"), "creator": link("dcterms:creator"), "generator": link("as:generator"),
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "start": "oa:start", "end": "oa:end",
    "sourceDateStart": "oa:sourceDateStart", "sourceDateEnd": "oa:sourceDateEnd",
    "value": "rdf:value", "name": "foaf:name", "language": "dc:language", "label": "rdfs:label",
    "first": link("as:first"), "partOf": link("as:partOf"), "startIndex": "as:startIndex", "total": "as:totalItems",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "classifying": "oa:classifying", "identifying": "oa:identifying", "describing": "oa:describing",
    "tagging": "oa:tagging", "linking": "oa:linking", "highlighting": "oa:highlighting",
}  # fmt: skip


def contexts(value):
    """All that documents ask of other places."""
    if isinstance(value, dict):
        own = value.get("@context", [])
        for part in own if isinstance(own, list) else [own]:
            if isinstance(part, str):
                yield part
        for inner in value.values():
            yield from contexts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from contexts(inner)


def read(path, remote):
    document = json.load(open(path))
    assert set(contexts(document)) == remote, path
    if remote:
        document["@context"][0] = OA_CONTEXT
    graph = rdflib.Graph()
    graph.parse(data=json.dumps(document), format="json-ld")
    bad = [t for triple in graph for t in triple if isinstance(t, rdflib.URIRef) and " " in t]
    assert not bad, bad
    return graph


base = sys.argv[1]
records = [json.loads(line) for line in open(base + ".statements")]
statements = [(r["article"], s) for r in records for s in r["statements"]]

graph = read(base + ".annotations", {"http://www.w3.org/ns/anno.jsonld"})
annotations = set(graph.subjects(RDF.type, OA.Annotation))
assert len(annotations) == len(statements)
[total] = graph.objects(None, AS.totalItems)
assert int(total) == len(statements)
of_article = {}
for article, statement in statements:
    of_article[article["id"], statement["id"]] = (article, statement)
for annotation in annotations:
    targets = list(graph.objects(annotation, OA.hasTarget))
    source = graph.value(targets[0], OA.hasSource)
    # Two articles may stand at one address, or hold one text.
    articles = {str(a) for a in graph.objects(source, PP.article)}
    name = str(graph.value(annotation, PP.statementId))
    spans = set()
    for target in targets:
        selectors = list(graph.objects(target, OA.hasSelector))
        [quote] = [s for s in selectors if (s, RDF.type, OA.TextQuoteSelector) in graph]
        [place] = [s for s in selectors if (s, RDF.type, OA.TextPositionSelector) in graph]
        start, end = int(graph.value(place, OA.start)), int(graph.value(place, OA.end))
        exact, prefix, suffix = (str(graph.value(quote, p) or "") for p in (OA.exact, OA.prefix, OA.suffix))
        [id] = articles
        text = of_article[id, name][0]["text"]
        assert text[start:end] == exact
        assert text[max(0, start - 32) : start] == prefix and text[end : end + 32] == suffix
        spans.add((start, end))
    assert spans == {tuple(s) for s in of_article[id, name][1]["content"]}
    parts = {str(graph.value(b, PP.part)): str(graph.value(b, RDF.value)) for b in graph.objects(annotation, OA.hasBody)}
    statement = of_article[id, name][1]
    assert parts["speaker"] == statement["speaker"]["name"] and parts["act"] == statement["act"]
print(f"annotations: {len(annotations)} in {len(graph)} triples: as they should be")

graph = read(base + ".claims", set())
claims = set(graph.subjects(RDF.type, SCHEMA.Claim))
assert len(claims) == len(statements)
assert not set(graph.subjects(RDF.type, SCHEMA.ClaimReview))
for claim in claims:
    text = str(graph.value(claim, SCHEMA.text))
    first = graph.value(claim, SCHEMA.firstAppearance)
    assert (first, RDF.type, SCHEMA.NewsArticle) in graph
    assert (claim, SCHEMA.appearance, first) in graph
    article = str(graph.value(first, SCHEMA.identifier))
    contents = {
        " … ".join(a["text"][start:end] for start, end in s["content"]) for a, s in statements if a["id"] == article
    }
    assert text in contents, text
print(f"claims: {len(claims)} in {len(graph)} triples: as they should be")

graph = read(base + ".prov", set())
for article, statement in statements:
    [entity] = [
        e
        for e in graph.subjects(PP.statementId, rdflib.Literal(statement["id"]))
        if (graph.value(e, PROV.wasDerivedFrom), PP.article, rdflib.Literal(article["id"])) in graph
    ]
    activity = graph.value(entity, PROV.wasGeneratedBy)
    assert (activity, RDF.type, PROV.Activity) in graph
    original = graph.value(entity, PROV.wasRevisionOf)
    who = graph.value(entity, PROV.wasAttributedTo)
    if original is None:
        assert (who, RDF.type, PROV.SoftwareAgent) in graph
    else:
        assert (who, RDF.type, PROV.Person) in graph
        assert (graph.value(original, PROV.wasAttributedTo), RDF.type, PROV.SoftwareAgent) in graph
    # Along the chain back to who spoke.
    chain, at = [], graph.value(entity, PROV.wasQuotedFrom)
    while graph.value(at, PROV.wasQuotedFrom) is not None and len(chain) < len(statement["via"]):
        chain.append(str(graph.value(graph.value(at, PROV.wasAttributedTo), RDFS.label)))
        at = graph.value(at, PROV.wasQuotedFrom)
    assert chain == statement["via"][::-1], (chain, statement["via"])
    if "relayed_by" in statement:
        inner = graph.value(at, PROV.wasQuotedFrom)
        assert inner is not None
        at = inner
    speaker = graph.value(at, PROV.wasAttributedTo)
    assert str(graph.value(speaker, RDFS.label)) == statement["speaker"]["name"]
print(f"prov: {len(statements)} statements in {len(graph)} triples: as they should be")
