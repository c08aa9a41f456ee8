"""Prints a bill of materials of the program (CycloneDX 1.6, JSON), from what `cargo metadata` and Cargo.lock say.

The same sources give the same bytes. Addresses of registries are left out; names, versions and checksums tell what a crate is.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import uuid

from dependencies import ROOT, checksums, graph, host, metadata, reached
from licences import plain

PROGRAM = "pourparler"
# What lies inside the program and is no crate; the notices stand beside them.
DATA = [
    ("machine-learning-model", "tagger", "MIT OR Apache-2.0", "crates/pourparler-extract/model/accurate.safetensors"),
    ("machine-learning-model", "tagger-fast", "MIT OR Apache-2.0", "crates/pourparler-extract/model/fast.safetensors"),
    ("machine-learning-model", "words", "MIT OR Apache-2.0", "crates/pourparler-extract/model/words.safetensors"),
    ("machine-learning-model", "issues", "MIT OR Apache-2.0", "crates/pourparler-extract/model/issues.safetensors"),
    ("data", "world", "ODbL-1.0", "crates/pourparler-dossier/data/world.tsv"),
]


def bill(told: dict, sums: dict[tuple[str, str], str]) -> dict:
    """The bill of what the program is made from."""
    nodes = graph(told)
    root = next(p["id"] for p in told["packages"] if p["name"] == PROGRAM and not p["source"])
    found = reached(nodes, root)
    names = {name: purl(nodes[name].package) for name in found}
    components = [component(nodes[name].package, inside, sums) for name, inside in found.items() if name != root]
    components += [data(*part) for part in DATA]
    edges: list[dict] = []
    for name in found:
        others = {names[other] for other in nodes[name].normal + nodes[name].build}
        if name == root:
            others |= {f"data:{part[1]}" for part in DATA}
        edges.append({"ref": names[name], "dependsOn": sorted(others)})
    out = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": component(nodes[root].package, True, sums) | {"type": "application"}},
        "components": sorted(components, key=lambda c: c["bom-ref"]),
        "dependencies": sorted(edges, key=lambda e: e["ref"]),
    }
    content = json.dumps(out, sort_keys=True).encode()
    # By the content, so that two bills of one program are one bill.
    out["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_OID, hashlib.sha256(content).hexdigest()).urn
    return out


def purl(package: dict) -> str:
    """The name of a crate in package URLs."""
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package: dict, inside: bool, sums: dict[tuple[str, str], str]) -> dict:
    """A crate; `excluded` is what builds the program and is not in it."""
    name, version = package["name"], package["version"]
    out = {
        "type": "library",
        "bom-ref": purl(package),
        "name": name,
        "version": version,
        "scope": "required" if inside else "excluded",
        "purl": purl(package),
    }
    if package["license"]:
        out["licenses"] = [{"expression": plain(package["license"])}]
    if (name, version) in sums:
        out["hashes"] = [{"alg": "SHA-256", "content": sums[name, version]}]
    return out


def data(kind: str, name: str, licence: str, path: str) -> dict:
    """Weights or a table."""
    digest = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
    return {
        "type": kind,
        "bom-ref": f"data:{name}",
        "name": name,
        "scope": "required",
        "licenses": [{"expression": licence}],
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="tools/sbom", description="Prints a bill of materials (CycloneDX) of the program.")
    parser.add_argument("--target", help="for which system, by its target triple; without it for this one")
    parser.add_argument("--features", default="", help="the features that the program is built with")
    args = parser.parse_args()
    ours = host() if args.target is None else args.target
    features = ["--features", args.features] if args.features else []
    told = metadata("--manifest-path", f"crates/{PROGRAM}/Cargo.toml", "--filter-platform", ours, *features)
    json.dump(bill(told, checksums()), sys.stdout, indent=1)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
