"""What the program is made from, as cargo tells it: for the audit and for the bill of materials."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Node:
    """A crate with the crates that it is built from."""

    package: dict
    # Ids of what is linked in, and of what only builds it.
    normal: list[str] = field(default_factory=list)
    build: list[str] = field(default_factory=list)

    @property
    def is_macro(self) -> bool:
        """Whether it runs in the compiler and nothing of it is in the program."""
        return any("proc-macro" in target["kind"] for target in self.package["targets"])


def metadata(*options: str) -> dict:
    """What `cargo metadata` says of the workspace, of the versions in Cargo.lock."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", *options]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE)
    if ran.returncode != 0:
        # It has said why.
        sys.exit(ran.returncode)
    return json.loads(ran.stdout)


def host() -> str:
    """The target triple of this system."""
    ran = subprocess.run(["rustc", "-vV"], stdout=subprocess.PIPE, check=True, text=True)
    return next(line.removeprefix("host: ") for line in ran.stdout.splitlines() if line.startswith("host: "))


def graph(told: dict) -> dict[str, Node]:
    """The crates by their ids; what only tests need is left out of what they are built from."""
    nodes = {package["id"]: Node(package) for package in told["packages"]}
    for node in told["resolve"]["nodes"]:
        for dependency in node["deps"]:
            kinds = {kind["kind"] for kind in dependency["dep_kinds"]}
            if None in kinds:
                nodes[node["id"]].normal.append(dependency["pkg"])
            elif "build" in kinds:
                nodes[node["id"]].build.append(dependency["pkg"])
    return nodes


def reached(nodes: dict[str, Node], root: str) -> dict[str, bool]:
    """All crates that a crate is made from, itself among them, and of each whether something of it is in the program."""
    found: dict[str, bool] = {}
    waiting = [(root, True)]
    while waiting:
        name, inside = waiting.pop()
        inside = inside and not nodes[name].is_macro
        if found.get(name, False) or name in found and not inside:
            continue
        found[name] = inside
        waiting += [(other, inside) for other in nodes[name].normal]
        waiting += [(other, False) for other in nodes[name].build]
    return found


def checksums() -> dict[tuple[str, str], str]:
    """The SHA-256 of crates by name and version, from Cargo.lock."""
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))
    return {(p["name"], p["version"]): p["checksum"] for p in lock["package"] if "checksum" in p}
