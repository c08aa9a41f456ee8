"""Holds the crates that the workspace is built from against deny.toml, where cargo-deny is not installed.

It checks licences, crates that are not wanted, and where crates come from; not the texts of licences, and no advisories.
"""

from __future__ import annotations

import sys
import tomllib

from dependencies import ROOT, metadata
from licences import NoExpression, allowed


def faults(told: dict, rules: dict) -> list[str]:
    """What is wrong, a line for each."""
    licences = set(rules["licenses"]["allow"])
    unwanted = {entry["crate"] for entry in rules["bans"]["deny"]}
    found = []
    for package in told["packages"]:
        name = f"{package['name']} {package['version']}"
        if package["name"] in unwanted:
            found.append(f"{name}: deny.toml says that it is not wanted")
        if not (package["source"] or "registry+").startswith("registry+"):
            found.append(f"{name}: comes from {package['source']}, and not from the registry")
        expression = package["license"]
        try:
            if not expression:
                found.append(f"{name}: says no licence")
            elif not allowed(expression, licences):
                found.append(f"{name}: its licence, {expression}, is not on the list of deny.toml")
        except NoExpression:
            found.append(f"{name}: its licence, {expression}, cannot be read")
    return sorted(set(found))


def main() -> int:
    rules = tomllib.loads((ROOT / "deny.toml").read_text(encoding="utf-8"))
    packages: dict[str, dict] = {}
    for target in rules["graph"]["targets"]:
        told = metadata("--all-features", "--filter-platform", target)
        # `packages` names what any system needs; the resolution has what this one does.
        needed = {node["id"] for node in told["resolve"]["nodes"]}
        packages |= {p["id"]: p for p in told["packages"] if p["id"] in needed}
    found = faults({"packages": list(packages.values())}, rules)
    for fault in found:
        print(f"audit: {fault}", file=sys.stderr)
    if not found:
        print(f"audit: {len(packages)} crates have licences, names and sources that deny.toml allows")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
