"""Reads networks with networkx and holds them against the same network as JSON.

    python -m venv venv && venv/bin/pip install networkx
    for f in graphml gexf graph; do cargo run -p pourparler-exchange --example bulk -- $f-sides /tmp/sides.$f 2000; done
    venv/bin/python checks/networks.py /tmp/sides.graphml /tmp/sides.gexf /tmp/sides.graph
"""

import json
import sys

import networkx

graphml, gexf, data = sys.argv[1:]
want = json.load(open(data))
nodes = want["nodes"]


def runs(days):
    """Days in a row as (first, last)."""
    from datetime import date, timedelta

    out = []
    for day in sorted(map(date.fromisoformat, days)):
        if out and out[-1][1] + timedelta(days=1) == day:
            out[-1][1] = day
        else:
            out.append([day, day])
    return [(a.isoformat(), b.isoformat()) for a, b in out]


for path, graph in (
    (graphml, networkx.read_graphml(graphml)),
    (gexf, networkx.read_gexf(gexf, version="1.3")),
):
    timed = path == gexf
    assert not graph.is_directed()
    assert graph.number_of_nodes() == len(nodes), path
    assert graph.number_of_edges() == len(want["edges"]), path
    for node in nodes:
        got = graph.nodes[node["id"]]
        # networkx takes the drawing's own label where GraphML has one.
        assert got["label"] == node["label"], (path, got, node)
        assert got["type"] == node["kind"]
        assert got["frequency"] == node["statements"]
        assert got.get("party") == node["party"] and got.get("issue") == node["issue"]
        if timed:
            assert got.get("spells", []) == runs(node["days"])
    for edge in want["edges"]:
        ends = [nodes[edge[end]]["id"] for end in ("source", "target")]
        got = graph.edges[ends]
        assert got["weight"] == edge["weight"], (path, got, edge)
        for key in ("supports", "opposes"):
            assert got.get(key) == edge.get(key)
        for key in ("agree", "differ"):
            if key in edge:
                assert got[key] == "; ".join(edge[key]), (path, got, edge)
        if timed:
            assert got.get("spells", []) == runs(edge["days"])
            counted = [(n, day, day) for day, n in sorted(edge["days"].items())]
            assert got.get("statements that day", []) == counted
    print(f"{path}: {graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges: as they should be")
