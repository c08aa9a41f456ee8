"""Prints the notices of all crates that are in the program, as their licences ask: each text once, with the crates that bring it."""

from __future__ import annotations

import sys
from pathlib import Path

from dependencies import graph, host, metadata, reached
from sbom import PROGRAM

# How files with a licence or a notice are called, without their endings.
NAMES = ("LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE")


def texts(folder: Path) -> list[str]:
    """The notices that lie in the folder of a crate."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name.upper().startswith(NAMES))
    return [path.read_text(encoding="utf-8", errors="replace").strip() for path in files]


def notices(packages: list[dict]) -> str:
    """All texts, and at the end what brings none."""
    crates: dict[str, list[str]] = {}
    without = []
    for package in sorted(packages, key=lambda p: (p["name"], p["version"])):
        name = f"{package['name']} {package['version']} ({package['license']})"
        found = texts(Path(package["manifest_path"]).parent)
        for text in found:
            crates.setdefault(text, []).append(name)
        if not found:
            without.append(name)
    parts = ["Used by:\n" + "".join(f"  {name}\n" for name in names) + f"\n{text}\n" for text, names in crates.items()]
    if without:
        parts.append("Without a text of their own:\n" + "".join(f"  {name}\n" for name in without))
    return ("\n" + "=" * 80 + "\n\n").join(parts)


def main() -> int:
    told = metadata("--manifest-path", f"crates/{PROGRAM}/Cargo.toml", "--filter-platform", host())
    nodes = graph(told)
    root = next(p["id"] for p in told["packages"] if p["name"] == PROGRAM and not p["source"])
    inside = [nodes[name].package for name, part in reached(nodes, root).items() if part]
    sys.stdout.write(notices([package for package in inside if package["source"]]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
