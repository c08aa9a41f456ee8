"""What the audit and the bill of materials have to see, and what they must not."""

import json
import tempfile
import unittest
from pathlib import Path

from audit import faults
from dependencies import graph, reached
from licences import NoExpression, allowed, plain
from notices import notices
from sbom import bill

LICENCES = {"MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Zlib"}
RULES = {"licenses": {"allow": sorted(LICENCES)}, "bans": {"deny": [{"crate": "openssl-sys"}]}}


def package(name, *, licence="MIT", source="registry+https://registry.invalid/index", kind="lib"):
    targets = [{"kind": [kind]}]
    return {"id": name, "name": name, "version": "1.0.0", "license": licence, "source": source, "targets": targets}


def workspace():
    """The program, of a library with a macro, a builder and what only tests need."""
    packages = [package("pourparler", source=None), package("library"), package("macro", kind="proc-macro")]
    packages += [package("inner"), package("builder"), package("shared"), package("tester")]
    edges = {
        "pourparler": [("library", None), ("tester", "dev")],
        "library": [("macro", None), ("builder", "build"), ("shared", None)],
        "macro": [("inner", None)],
        "builder": [("shared", None)],
    }
    nodes = [
        {"id": p["id"], "deps": [{"pkg": other, "dep_kinds": [{"kind": kind}]} for other, kind in edges.get(p["id"], [])]}
        for p in packages
    ]
    return {"packages": packages, "resolve": {"nodes": nodes}}


class Licences(unittest.TestCase):
    def test_choices(self):
        for expression, holds in [
            ("MIT", True),
            ("GPL-3.0-only", False),
            ("MIT OR GPL-3.0-only", True),
            ("MIT AND GPL-3.0-only", False),
            ("MIT/Apache-2.0", True),
            ("GPL-2.0 / Apache-2.0", True),
            ("GPL-2.0/LGPL-2.1", False),
            ("(MIT OR GPL-2.0) AND Zlib", True),
            ("(MIT OR Zlib) AND GPL-2.0", False),
            ("MIT OR Zlib AND GPL-2.0", True),
            ("GPL-2.0 OR Zlib AND ISC", False),
            ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", True),
            ("MIT WITH LLVM-exception", False),
        ]:
            with self.subTest(expression):
                self.assertEqual(allowed(expression, LICENCES), holds)

    def test_what_is_none(self):
        for expression in ["", "OR", "MIT OR", "(MIT", "MIT)", "MIT Zlib", "MIT WITH", "AND MIT", "()"]:
            with self.subTest(expression), self.assertRaises(NoExpression):
                allowed(expression, LICENCES)

    def test_slashes(self):
        self.assertEqual(plain("MIT / Apache-2.0/Zlib"), "MIT OR Apache-2.0 OR Zlib")


class Audit(unittest.TestCase):
    def test_nothing_is_wrong(self):
        self.assertEqual(faults(workspace(), RULES), [])

    def test_each_fault_is_named(self):
        for wrong, word in [
            (package("a", licence="GPL-3.0-only"), "not on the list"),
            (package("b", licence=None), "says no licence"),
            (package("c", licence="MIT AND AND"), "cannot be read"),
            (package("d", source="git+https://registry.invalid/d"), "not from the registry"),
            (package("openssl-sys"), "not wanted"),
        ]:
            with self.subTest(wrong["name"]):
                found = faults({"packages": [package("fine"), wrong]}, RULES)
                self.assertEqual(len(found), 1, found)
                self.assertIn(word, found[0])
                self.assertTrue(found[0].startswith(f"{wrong['name']} 1.0.0: "))


class Bill(unittest.TestCase):
    def test_what_is_inside(self):
        found = reached(graph(workspace()), "pourparler")
        inside = {"pourparler": True, "library": True, "shared": True, "macro": False, "inner": False, "builder": False}
        self.assertEqual(found, inside, "shared is inside though it builds, too; what tests need is no part")

    def test_the_bill(self):
        made = bill(workspace(), {("library", "1.0.0"): "ab" * 32})
        again = bill(workspace(), {("library", "1.0.0"): "ab" * 32})
        self.assertEqual(made, again)
        by_name = {c["name"]: c for c in made["components"]}
        self.assertEqual(by_name["library"]["hashes"], [{"alg": "SHA-256", "content": "ab" * 32}])
        self.assertEqual(by_name["macro"]["scope"], "excluded")
        self.assertEqual(by_name["world"]["licenses"], [{"expression": "ODbL-1.0"}])
        self.assertNotIn("tester", by_name)
        self.assertEqual(made["metadata"]["component"]["type"], "application")
        edges = {e["ref"]: e["dependsOn"] for e in made["dependencies"]}
        self.assertEqual(edges["pkg:cargo/builder@1.0.0"], ["pkg:cargo/shared@1.0.0"])
        self.assertNotIn("registry.invalid", json.dumps(made))
        other = bill(workspace(), {("library", "1.0.0"): "cd" * 32})
        self.assertNotEqual(made["serialNumber"], other["serialNumber"])


class Notices(unittest.TestCase):
    def test_each_text_stands_once(self):
        with tempfile.TemporaryDirectory() as folder:
            packages = []
            for name, files in [("a", {"LICENSE-MIT": "one\n"}), ("b", {"license.txt": "one", "NOTICE": "two"}), ("c", {"lib.rs": "three"})]:
                (Path(folder) / name).mkdir()
                for file, text in files.items():
                    (Path(folder) / name / file).write_text(text, encoding="utf-8")
                packages.append(package(name) | {"manifest_path": f"{folder}/{name}/Cargo.toml"})
            text = notices(packages)
        self.assertEqual(text.count("one"), 1)
        self.assertIn("  a 1.0.0 (MIT)\n  b 1.0.0 (MIT)\n\none\n", text)
        self.assertIn("  b 1.0.0 (MIT)\n\ntwo\n", text)
        self.assertIn("Without a text of their own:\n  c 1.0.0 (MIT)\n", text)
        self.assertNotIn("three", text)


if __name__ == "__main__":
    unittest.main()
