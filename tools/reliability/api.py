"""The API asked everything that its document allows, and much that it does not, by schemathesis (PyPI, 4.32).

No answer may be a 5xx, and each has to be as the document says: status, form, schema.

    tools/reliability/run api [EXAMPLES]
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

from common import Served, articles, run, verified


def main(examples):
    tool = shutil.which("schemathesis")
    if tool is None:
        sys.exit("schemathesis is not installed here: pip install schemathesis")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pourparler-api-"))
    articles(folder / "news.jsonl", range(8))
    run("add", folder / "news.jsonl", "--ledger", folder / "talks.db")
    served = Served(folder / "talks.db")
    address = f"http://127.0.0.1:{served.port}"
    checks = "not_a_server_error,status_code_conformance,response_schema_conformance,content_type_conformance"
    done = subprocess.run([tool, "run", f"{address}/api/v1/openapi.json", "--checks", checks, "--max-examples", str(examples),
                           "--phases", "examples,coverage,fuzzing", "--continue-on-failure", "-H", f"Origin: {address}",
                           # It goes on for as long as somebody listens.
                           "--exclude-path-regex", "/events"], cwd=folder)
    served.end()
    verified(folder / "talks.db")
    shutil.rmtree(folder)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
