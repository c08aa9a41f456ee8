"""The mean of runs that went on from one start: python -m pourparler_training.mean OUT RUN RUN …

Weights of one shape that were tuned apart lie close enough for their mean to be better than each (Wortsman et al., 2022).
"""
import argparse
import shutil
from pathlib import Path

import torch


def main():
    p = argparse.ArgumentParser()
    p.add_argument("out", type=Path)
    p.add_argument("runs", type=Path, nargs="+")
    a = p.parse_args()
    states = [torch.load(run / "model.pt") for run in a.runs]
    mean = {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}
    a.out.mkdir(parents=True, exist_ok=True)
    torch.save(mean, a.out / "model.pt")
    shutil.copy(a.runs[0] / "config.json", a.out / "config.json")


if __name__ == "__main__":
    main()
