"""Reads a file written by our `Checkpoint` with the reference implementation of safetensors.

    python check_safetensors.py ours.safetensors

`ours.safetensors` is the file that the test "our bytes are the bytes the reference implementation has read" compares
with, byte for byte; run this after replacing it.
"""
import sys

import numpy
from safetensors import safe_open

with safe_open(sys.argv[1], framework="numpy") as file:
    assert file.metadata() == {"strategy": "gated-dqn", "note": "quotes \" and ünïcode"}, file.metadata()
    assert sorted(file.keys()) == ["layer.bias", "layer.weight"]
    weight, bias = file.get_tensor("layer.weight"), file.get_tensor("layer.bias")
assert weight.dtype == numpy.float32 and bias.shape == (1, 3)
assert (weight == numpy.arange(6, dtype=numpy.float32).reshape(2, 3) / 8 - 0.25).all()
assert (bias == numpy.array([[0.5, -1.5, 3e-7]], dtype=numpy.float32)).all()
print("the reference implementation reads our file")
