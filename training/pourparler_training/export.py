"""Writes a trained tagger for the program: python -m pourparler_training.export MODEL_DIR OUT.safetensors [--house SHARE] [--words FILE] [--half] [--float]

The table of words goes into a file of its own, since training leaves it as it came and every tagger shares it.
int8 weights have a scale for each output column, the table of words one for each row. Weights of products keep to seven
bits: on processors without int8 dot products, pairs of products of eight bits would not fit into sixteen.
The scale of attention's queries is folded into their weights.
"""
import argparse
import json
import math
from pathlib import Path

import torch
from safetensors.torch import save_file

from .data import WINDOW
from .model import HEAD, load


def quantised(table, axis, top):
    """`table` as int8 and the scales along `axis`."""
    scale = table.abs().amax(dim=axis, keepdim=True).clamp(min=1e-8) / top
    return torch.round(table / scale).clamp(-top, top).to(torch.int8), scale.flatten()


def halves(tensors):
    """Those floats as half floats that take up much room."""
    return {k: v.half() if v.dtype == torch.float32 and v.numel() > 20_000 else v for k, v in tensors.items()}


def layer_tensors(p, layers, heads, quantise=True):
    """The layers among a model's parameters, as the program reads them."""
    queries, out = heads * HEAD, {}
    for i in range(layers):
        for name in (f"layers.{i}.{n}" for n in ("norm1", "norm2")):
            out[f"{name}.weight"], out[f"{name}.bias"] = p[f"{name}.weight"], p[f"{name}.bias"]
        for name in (f"layers.{i}.{n}" for n in ("qkv", "out", "up", "down")):
            weight, bias = p[f"{name}.weight"].clone(), p[f"{name}.bias"].clone()
            if name.endswith("qkv"):
                weight[:queries] /= math.sqrt(HEAD)
                bias[:queries] /= math.sqrt(HEAD)
            out[f"{name}.bias"] = bias
            if quantise:
                out[f"{name}.weight"], out[f"{name}.scale"] = quantised(weight.T, 0, 63)
            else:
                out[f"{name}.weight"] = weight.T
    return out


def layer_state(file):
    """The inverse of `layer_tensors`, but for the rounding to int8: layers, heads and inner numbers, and the parameters of the layers and
    of the norm before them."""
    queries = file["layers.0.out.weight"].shape[0]
    shape = {"layers": sum(name.endswith("qkv.weight") for name in file), "inner": file["layers.0.up.bias"].shape[0], "heads": queries // HEAD}
    state = {}
    for name, weight in file.items():
        part, _, kind = name.rpartition(".")
        if part.split(".")[0] not in ("norm", "layers") or kind == "scale":
            continue
        if kind == "weight" and weight.dim() == 2:
            weight = (weight.float() * file[f"{part}.scale"] if f"{part}.scale" in file else weight).T
        if part.endswith("qkv"):
            weight = weight.clone()
            weight[:queries] *= math.sqrt(HEAD)
        state[name] = weight
    return shape, state


def tensors(model, house, quantise=True):
    p = {k: v.detach().float() for k, v in model.state_dict().items()}
    # Which guidelines are followed is one vector for all pieces: the program need not know of it.
    guidelines = torch.lerp(*p["house.weight"], house)
    out = {"positions": p["positions.weight"][:WINDOW] + guidelines, "norm.weight": p["norm.weight"], "norm.bias": p["norm.bias"]}
    for name in ("case", "quote", "first"):
        out[name] = p[f"{name}.weight"]
    if not quantise:
        out["words"] = p["words.weight"]
    # The head is small and decides everything: it stays in floats.
    out |= {"head.weight": p["head.weight"].T, "head.bias": p["head.bias"]}
    out |= layer_tensors(p, model.shape["layers"], model.shape["heads"], quantise)
    return {k: v.contiguous() for k, v in out.items()}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("model", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--house", type=float, default=0.5, help="from 0, PolNeAR's guidelines, to 1, the corpus's")
    a.add_argument("--words", type=Path, help="where to write the table of words, too")
    a.add_argument("--half", action="store_true", help="large tables of floats as half floats")
    a.add_argument("--float", action="store_true", help="keep full precision, for comparison")
    a = a.parse_args()
    model = load(a.model)
    out = tensors(model, a.house, quantise=not a.float)
    save_file(halves(out) if a.half else out, a.out)
    if a.words:
        rows, scales = quantised(model.words.weight.detach(), 1, 127)
        save_file({"words": rows, "words.scale": scales}, a.words)
    print(f"{a.out}: {a.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
