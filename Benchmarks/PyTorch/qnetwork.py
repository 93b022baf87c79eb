"""Our Q-network in PyTorch's own layers, made from what a model file says of it.

    Q(s, a) = v + A(s, a) − mean over valid b of A(s, b),    (v, A) = head(relu(… relu(encoder(window) Wₑ + numbers Wₘ + b)))

`QNetwork(architecture)` has fresh parameters; `QNetwork.load(path)` those of a file that `trader` wrote. Layers of ours are
[inputs, outputs], PyTorch's are [outputs, inputs]; the gates of our GRU's recurrent weights come as n, r, z, PyTorch's as
r, z, n; our LSTM has one bias, PyTorch's is the sum of two.
"""
import json

import torch


class QNetwork(torch.nn.Module):
    """`architecture` is the object of that name in a file's metadata: window, features, numbers, actions, scaling, encoder
    (one of none, mlp, gru, lstm, convolution), hidden, dueling."""

    def __init__(self, architecture):
        super().__init__()
        self.architecture = architecture
        (self.kind, encoder), = architecture["encoder"].items()
        steps, features, hidden = architecture["window"], architecture["features"], architecture["hidden"]
        widths = encoder.get("hidden") or encoder.get("channels") or []
        inputs = [features, *widths]
        if self.kind in ("gru", "lstm"):
            recurrent = torch.nn.GRU if self.kind == "gru" else torch.nn.LSTM
            layers = [recurrent(width, units) for width, units in zip(inputs, widths)]
        elif self.kind == "convolution":
            layers = [torch.nn.Conv1d(*shape) for shape in zip(inputs, widths, encoder["kernels"])]
        elif self.kind == "mlp":
            layers = [torch.nn.Linear(width, units) for width, units in zip([steps * features, *widths], widths)]
        else:
            layers = []
        self.encoder = torch.nn.ModuleList(layers)
        encoded = widths[-1] if widths else 0
        if self.kind == "convolution":
            encoded *= steps - sum(kernel - 1 for kernel in encoder["kernels"])
        self.from_encoding = torch.nn.Linear(encoded, hidden[0]) if encoded else None
        self.from_numbers = (torch.nn.Linear(architecture["numbers"], hidden[0], bias=not encoded)
                             if architecture["numbers"] else None)
        self.further = torch.nn.ModuleList(torch.nn.Linear(*pair) for pair in zip(hidden, hidden[1:]))
        self.head = torch.nn.Linear(hidden[-1], architecture["actions"] + architecture["dueling"])

    def forward(self, windows, numbers, valid, dropout=0.0):
        """windows [T, B, F], numbers [B, M], valid [B, N] of ones and zeros; the values, [B, N]."""
        sums = 0
        if self.from_encoding is not None:
            encoding = self.encode(windows)
            if dropout:
                encoding = torch.nn.functional.dropout(encoding, dropout)
            sums = self.from_encoding(encoding)
        if self.from_numbers is not None:
            sums = sums + self.from_numbers(numbers)
        y = torch.relu(sums)
        for layer in self.further:
            y = torch.relu(layer(y))
        out = self.head(y)
        if not self.architecture["dueling"]:
            return out
        advantage = out[:, 1:]
        return out[:, :1] + advantage - (advantage * valid).sum(1, keepdim=True) / valid.sum(1, keepdim=True)

    def encode(self, x):
        if self.architecture["scaling"] == "relativeToMean":
            x = 100 * (x / x.mean(0, keepdim=True) - 1)
        if self.kind == "mlp":
            x = x.transpose(0, 1).flatten(1)
            for layer in self.encoder:
                x = torch.relu(layer(x))
            return x
        if self.kind == "convolution":
            x = x.permute(1, 2, 0)  # [B, F, T]
            for layer in self.encoder:
                x = torch.relu(layer(x))
            return x.transpose(1, 2).flatten(1)
        for layer in self.encoder:
            x, _ = layer(x)
        return x[-1]

    @classmethod
    def load(cls, path):
        """The network of a model file, in double precision, and the file's metadata."""
        from safetensors import safe_open
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata()
            tensors = {name: file.get_tensor(name).double() for name in file.keys()}
        network = cls(json.loads(metadata["architecture"])).double()
        with torch.no_grad():
            network.assign(tensors)
        if tensors:
            raise ValueError(f"{path}: no place for {', '.join(sorted(tensors))}")
        return network, metadata

    def assign(self, tensors):
        """Takes every tensor out of `tensors`."""
        def linear(layer, name, weight="weight"):
            layer.weight.copy_(tensors.pop(f"{name}.{weight}").t())
            if layer.bias is not None:
                layer.bias.copy_(tensors.pop(f"{name}.bias")[0])

        for index, layer in enumerate(self.encoder):
            name = "encoder" if self.kind in ("gru", "lstm") and len(self.encoder) == 1 else f"encoder.{index}"
            if self.kind == "mlp":
                linear(layer, name)
            elif self.kind == "convolution":
                weight = tensors.pop(f"{name}.weight").reshape(*layer.kernel_size, layer.in_channels, -1)
                layer.weight.copy_(weight.permute(2, 1, 0))
                layer.bias.copy_(tensors.pop(f"{name}.bias")[0])
            else:
                turned = (lambda m: m) if self.kind == "lstm" else from_candidate_first
                layer.weight_ih_l0.copy_(tensors.pop(f"{name}.inputWeight").t())
                layer.weight_hh_l0.copy_(turned(tensors.pop(f"{name}.recurrentWeight").t()))
                if self.kind == "lstm":
                    layer.bias_ih_l0.copy_(tensors.pop(f"{name}.bias")[0])
                    layer.bias_hh_l0.zero_()
                else:
                    layer.bias_ih_l0.copy_(tensors.pop(f"{name}.inputBias")[0])
                    layer.bias_hh_l0.copy_(turned(tensors.pop(f"{name}.recurrentBias")[0]))
        if self.from_numbers is not None:
            self.from_numbers.weight.copy_(tensors.pop("hidden.numbersWeight").t())
        if self.from_encoding is not None:
            linear(self.from_encoding, "hidden", "encodingWeight")
        else:
            self.from_numbers.bias.copy_(tensors.pop("hidden.bias")[0])
        for index, layer in enumerate(self.further):
            linear(layer, f"hidden.{index + 1}")
        linear(self.head, "head")


def from_candidate_first(blocks):
    """Blocks n, r, z to r, z, n."""
    candidate, reset, update = blocks.chunk(3)
    return torch.cat([reset, update, candidate])
