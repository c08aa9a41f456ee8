"""A run from weights that the program has, to go on from: python -m pourparler_training.released WEIGHTS.safetensors RUN

The inverse of `export`, but for the rounding to int8. The vector of the guidelines, which lies in the positions, becomes that of both.
"""
import argparse
import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file

from .data import WINDOW
from .model import HEAD, OUTPUT, Tagger, pretrained
from .train import archive


def main():
    a = argparse.ArgumentParser()
    a.add_argument("weights", type=Path)
    a.add_argument("run", type=Path)
    a = a.parse_args()
    file = load_file(a.weights)
    layers = sum(name.endswith("qkv.weight") for name in file)
    queries = file["layers.0.out.weight"].shape[0]
    model = Tagger(layers=layers, inner=file["layers.0.up.bias"].shape[0], heads=queries // HEAD)
    bare = pretrained(archive(), [0])
    state = model.state_dict()
    state["words.weight"], state["positions.weight"] = bare.words.weight, bare.positions.weight
    state["house.weight"] = (file["positions"] - bare.positions.weight[:WINDOW]).mean(0).expand(2, -1).clone()
    for name in ("case", "quote", "first"):
        state[f"{name}.weight"] = file[name]
    for name in state:
        part, _, kind = name.rpartition(".")
        if part not in file and part.split(".")[0] in ("norm", "layers", "head"):
            weight = file[name]
            if kind == "weight" and weight.dim() == 2:
                weight = (weight.float() * file[f"{part}.scale"] if f"{part}.scale" in file else weight).T
            if part.endswith("qkv"):
                weight = weight.clone()
                weight[:queries] *= math.sqrt(HEAD)
            if part == "head":
                fresh = sum(OUTPUT.values()) - len(weight)
                weight = torch.cat([weight, 0.02 * torch.randn(fresh, *weight.shape[1:])])
            state[name] = weight
    model.load_state_dict(state)
    a.run.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), a.run / "model.pt")
    (a.run / "config.json").write_text(json.dumps({"shape": model.shape, "released": str(a.weights)}))


if __name__ == "__main__":
    main()
