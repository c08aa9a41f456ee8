"""Writes a trained tagger as ONNX: python -m pourparler_training.export MODEL_DIR OUT.onnx [--float]

The graph is laid by hand so that every quantised product is in view: int8 weights by output column, activations
quantised as they come (DynamicQuantizeLinear, MatMulInteger); the embedding table int8 by row. Attention,
normalisation and the features stay in floats.
"""
import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from .model import HEADS, Tagger


class Graph:
    def __init__(self, quantise):
        self.nodes, self.constants, self.known, self.quantise, self.n = [], [], {}, quantise, 0

    def constant(self, array, name=None):
        key = (array.dtype.str, array.shape, array.tobytes()) if array.size < 64 else None
        if key in self.known and key is not None:
            return self.known[key]
        name = name or self.name("c")
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        if key is not None:
            self.known[key] = name
        return name

    def name(self, stem):
        self.n += 1
        return f"{stem}{self.n}"

    def op(self, kind, *inputs, outputs=1, **attributes):
        names = [self.name(kind.lower()) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=names[0], **attributes))
        return names[0] if outputs == 1 else names

    def ints(self, *values):
        return self.constant(np.array(values, dtype=np.int64))

    def float(self, value):
        return self.constant(np.array(value, dtype=np.float32))

    def quantised_input(self, x):
        return self.op("DynamicQuantizeLinear", x, outputs=3)

    def linear(self, x, weight, bias, quantised=None):
        """x @ weight.T + bias; `quantised` shares one quantisation of x between products."""
        w = weight.T.astype(np.float32)
        if not self.quantise:
            y = self.op("MatMul", x, self.constant(w))
        else:
            scale = np.maximum(np.abs(w).max(axis=0), 1e-8) / 127
            q = np.clip(np.round(w / scale), -127, 127).astype(np.int8)
            xq, xs, xz = quantised or self.quantised_input(x)
            product = self.op("MatMulInteger", xq, self.constant(q), xz, self.constant(np.zeros(w.shape[1], np.int8)))
            y = self.op("Mul", self.op("Cast", product, to=TensorProto.FLOAT),
                        self.op("Mul", xs, self.constant(scale.astype(np.float32))))
        return self.op("Add", y, self.constant(bias.astype(np.float32)))

    def norm(self, x, weight, bias):
        return self.op("LayerNormalization", x, self.constant(weight), self.constant(bias), axis=-1, epsilon=1e-12)


def build(model, quantise=True):
    p = {k: v.detach().numpy().astype(np.float32) for k, v in model.state_dict().items()}
    g = Graph(quantise)
    d = p["words.weight"].shape[1]
    table = p["words.weight"]
    if quantise:
        scale = np.maximum(np.abs(table).max(axis=1), 1e-8) / 127
        q = np.clip(np.round(table / scale[:, None]), -127, 127).astype(np.int8)
        rows = g.op("Cast", g.op("Gather", g.constant(q), "ids", axis=0), to=TensorProto.FLOAT)
        x = g.op("Mul", rows, g.op("Gather", g.constant(scale[:, None].astype(np.float32)), "ids", axis=0))
    else:
        x = g.op("Gather", g.constant(table), "ids", axis=0)
    x = g.op("Add", x, g.op("Gather", g.constant(p["positions.weight"]), "positions", axis=0))
    for feature in ("case", "quote", "first"):
        x = g.op("Add", x, g.op("Gather", g.constant(p[f"{feature}.weight"]), feature, axis=0))
    x = g.norm(x, p["norm.weight"], p["norm.bias"])
    for i in range(len(model.layers)):
        w = lambda name: p[f"layers.{i}.{name}"]
        quantised = g.quantised_input(x) if quantise else None
        parts = []
        for k, (name, order) in enumerate((("q", (0, 2, 1, 3)), ("k", (0, 2, 3, 1)), ("v", (0, 2, 1, 3)))):
            y = g.linear(x, w("qkv.weight")[k * d:(k + 1) * d], w("qkv.bias")[k * d:(k + 1) * d], quantised)
            y = g.op("Reshape", y, g.ints(1, -1, HEADS, d // HEADS))
            parts.append(g.op("Transpose", y, perm=order))
        scores = g.op("Div", g.op("MatMul", parts[0], parts[1]), g.float(np.sqrt(d // HEADS)))
        mixed = g.op("MatMul", g.op("Softmax", scores, axis=-1), parts[2])
        mixed = g.op("Reshape", g.op("Transpose", mixed, perm=(0, 2, 1, 3)), g.ints(1, -1, d))
        x = g.norm(g.op("Add", x, g.linear(mixed, w("out.weight"), w("out.bias"))), w("norm1.weight"), w("norm1.bias"))
        inner = g.op("Gelu", g.linear(x, w("up.weight"), w("up.bias")))
        x = g.norm(g.op("Add", x, g.linear(inner, w("down.weight"), w("down.bias"))), w("norm2.weight"), w("norm2.bias"))
    # The heads are small and decide everything: they stay in floats.
    g.quantise = False
    y = g.linear(x, p["head.weight"], p["head.bias"])
    g.nodes.append(helper.make_node("Identity", [y], ["scores"]))
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, [1, "pieces"])
              for n in ("ids", "positions", "case", "quote", "first")]
    outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, "pieces", p["head.bias"].shape[0]])]
    graph = helper.make_graph(g.nodes, "tagger", inputs, outputs, g.constants)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], producer_name="pourparler")
    made.ir_version = 9
    onnx.checker.check_model(made)
    return made


def load(folder):
    config = json.loads((folder / "config.json").read_text())
    model = Tagger(layers=len(config["keep"]))
    model.load_state_dict(torch.load(folder / "model.pt"))
    return model.eval()


def main():
    a = argparse.ArgumentParser()
    a.add_argument("model", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--float", action="store_true", help="keep full precision, for comparison")
    a = a.parse_args()
    made = build(load(a.model), quantise=not a.float)
    onnx.save(made, a.out)
    print(f"{a.out}: {a.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
