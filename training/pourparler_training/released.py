"""A run from weights that the program has, to go on from: python -m pourparler_training.released WEIGHTS.safetensors RUN

The inverse of `export`, but for the rounding to int8. The vector of the guidelines, which lies in the positions, becomes that of both.
"""
import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file

from .data import WINDOW
from .export import layer_state
from .model import OUTPUT, Tagger, pretrained
from .train import archive


def main():
    a = argparse.ArgumentParser()
    a.add_argument("weights", type=Path)
    a.add_argument("run", type=Path)
    a = a.parse_args()
    file = {k: v.float() if v.dtype == torch.float16 else v for k, v in load_file(a.weights).items()}
    shape, layers = layer_state(file)
    model = Tagger(**shape)
    bare = pretrained(archive(), [0])
    state = model.state_dict()
    state["words.weight"], state["positions.weight"] = bare.words.weight, bare.positions.weight
    state["house.weight"] = (file["positions"] - bare.positions.weight[:WINDOW]).mean(0).expand(2, -1).clone()
    for name in ("case", "quote", "first"):
        state[f"{name}.weight"] = file[name]
    state |= layers
    for kind, weight in (("weight", file["head.weight"].T), ("bias", file["head.bias"])):
        fresh = sum(OUTPUT.values()) - len(weight)
        state[f"head.{kind}"] = torch.cat([weight, 0.02 * torch.randn(fresh, *weight.shape[1:])])
    model.load_state_dict(state)
    a.run.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), a.run / "model.pt")
    (a.run / "config.json").write_text(json.dumps({"shape": model.shape, "released": str(a.weights)}))


if __name__ == "__main__":
    main()
