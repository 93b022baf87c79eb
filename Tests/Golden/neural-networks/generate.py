"""Golden values for the neural networks from PyTorch, an implementation independent of ours.

Run with Python 3.11, torch 2.15.0, numpy 2.4.6 and safetensors 0.8 (the versions used are in the files):

    python generate.py

All values are computed in double precision; tensors are written as {"shape": [...], "values": [...]} in row-major order.
PyTorch's gate order (r, z, n) and its [outputs, inputs] weights are turned into our layout here, so that the tests only
compare: input weights [inputs, 3H] in the order r, z, n, recurrent weights [H, 3H] in the order n, r, z.
"""
import json
import pathlib

import numpy
import safetensors
import torch
from safetensors.numpy import save_file

torch.manual_seed(20240607)
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent


def tensor(value):
    value = value.detach()
    return {"shape": list(value.shape), "values": value.reshape(-1).tolist()}


def write(name, content):
    content["versions"] = {"torch": torch.__version__, "numpy": numpy.__version__}
    (HERE / name).write_text(json.dumps(content, indent=1) + "\n")


def input_layout(value):
    """[3H, F] or [3H] with blocks r, z, n to [F, 3H]."""
    return value.t() if value.dim() == 2 else value


def recurrent_layout(value):
    """[3H, H] or [3H] with blocks r, z, n to [H, 3H] with blocks n, r, z."""
    reset, update, candidate = value.chunk(3)
    return input_layout(torch.cat([candidate, reset, update]))


def gru_golden():
    steps, batch, inputs, units = 5, 3, 4, 6
    layer = torch.nn.GRU(inputs, units)
    x = torch.randn(steps, batch, inputs)
    d_output = torch.randn(batch, units)
    _, last = layer(x)
    (last[0] * d_output).sum().backward()
    write("gru.json", {
        "steps": steps, "batch": batch, "inputs": inputs, "units": units,
        "x": tensor(x), "dOutput": tensor(d_output), "output": tensor(last[0]),
        "inputWeight": tensor(input_layout(layer.weight_ih_l0)),
        "recurrentWeight": tensor(recurrent_layout(layer.weight_hh_l0)),
        "inputBias": tensor(layer.bias_ih_l0), "recurrentBias": tensor(recurrent_layout(layer.bias_hh_l0)),
        "dInputWeight": tensor(input_layout(layer.weight_ih_l0.grad)),
        "dRecurrentWeight": tensor(recurrent_layout(layer.weight_hh_l0.grad)),
        "dInputBias": tensor(layer.bias_ih_l0.grad), "dRecurrentBias": tensor(recurrent_layout(layer.bias_hh_l0.grad)),
    })


def dense_golden():
    layer = torch.nn.Linear(5, 4)
    x = torch.randn(3, 5, requires_grad=True)
    dy = torch.randn(3, 4)
    y = torch.relu(layer(x))
    (y * dy).sum().backward()
    write("dense.json", {
        "x": tensor(x), "dy": tensor(dy), "y": tensor(y), "weight": tensor(layer.weight.t()), "bias": tensor(layer.bias),
        "dx": tensor(x.grad), "dWeight": tensor(layer.weight.grad.t()), "dBias": tensor(layer.bias.grad),
    })


def huber_golden():
    errors = torch.tensor([-3.0, -0.75, -0.5, -0.1, 0.0, 0.2, 0.5, 0.51, 4.0], requires_grad=True)
    losses = torch.nn.functional.huber_loss(errors, torch.zeros_like(errors), delta=0.5, reduction="none")
    losses.sum().backward()
    write("huber.json", {"delta": 0.5, "errors": tensor(errors), "losses": tensor(losses),
                         "derivatives": tensor(errors.grad)})


def adam_golden():
    """Four steps; the second and fourth gradient are clipped to norm 1."""
    parameter = torch.nn.Parameter(torch.randn(7))
    optimiser = torch.optim.Adam([parameter], lr=0.05, betas=(0.8, 0.97), eps=1e-6)
    start, gradients, after = tensor(parameter), [], []
    for scale in [0.1, 3.0, 0.2, 5.0]:
        parameter.grad = scale * torch.randn(7)
        gradients.append(tensor(parameter.grad))
        # Clipped by hand: the library's own function divides by norm + 1e-6.
        norm = parameter.grad.norm()
        if norm > 1:
            parameter.grad /= norm
        optimiser.step()
        after.append(tensor(parameter))
    write("adam.json", {"start": start, "gradients": gradients, "after": after})


class QNetwork(torch.nn.Module):
    def __init__(self, features, account, actions, units, hidden):
        super().__init__()
        self.gru = torch.nn.GRU(features, units)
        self.encoding = torch.nn.Linear(units, hidden, bias=True)
        self.account = torch.nn.Linear(account, hidden, bias=False)
        self.head = torch.nn.Linear(hidden, 1 + actions)

    def forward(self, windows, of_state, accounts, valid, mask=None):
        _, last = self.gru(windows)
        encoding = last[0] if mask is None else last[0] * mask
        y = torch.relu(self.encoding(encoding)[of_state] + self.account(accounts))
        out = self.head(y)
        advantage = out[:, 1:]
        mean = (advantage * valid).sum(1, keepdim=True) / valid.sum(1, keepdim=True)
        return out[:, :1] + advantage - mean

    def flat(self, gradient=False):
        def of(p):
            return p.grad if gradient else p
        parts = [
            input_layout(of(self.gru.weight_ih_l0)), recurrent_layout(of(self.gru.weight_hh_l0)),
            of(self.gru.bias_ih_l0), recurrent_layout(of(self.gru.bias_hh_l0)),
            of(self.encoding.weight).t(), of(self.account.weight).t(), of(self.encoding.bias),
            of(self.head.weight).t(), of(self.head.bias),
        ]
        return torch.cat([part.detach().reshape(-1) for part in parts])


def update_golden():
    """One Double-DQN update on counterfactual experience: states that share windows, masks, weights, a terminal pair."""
    bars, window, features, account, actions, units, hidden = 12, 4, 3, 2, 3, 5, 6
    online, target = (QNetwork(features, account, actions, units, hidden) for _ in range(2))
    matrix = torch.randn(bars, features).to(torch.float32).to(torch.float64)
    delta, maximum_norm, rate = 0.5, 0.05, 0.01

    def windows(ends):
        return torch.stack([matrix[e - window + 1:e + 1] for e in ends], dim=1)

    ends, next_ends = [3, 7, 9], [4, 8, 10]
    of_state = [0, 0, 1, 1, 2]
    valid = [0b011, 0b101, 0b011, 0b101, 0b110]
    accounts = torch.randn(5, account).to(torch.float32).to(torch.float64)
    next_of_state = [0, 0, 1, 1, 2]
    next_valid = [0b011, 0b101, 0b101, 0b011, 0b111]
    next_accounts = torch.randn(5, account).to(torch.float32).to(torch.float64)
    pairs = [  # state, action, reward, discount, successor, weight
        (0, 0, 0.125, 0.9375, 0, 1.0), (0, 1, -0.25, 0.9375, 1, 1.0), (1, 0, 0.5, 0.9375, 1, 0.5), (1, 2, 1.5, 0.0, 0, 1.0),
        (2, 0, -2.0, 0.875, 2, 1.0), (2, 1, 0.0, 0.9375, 3, 2.0), (3, 0, 0.25, 0.9375, 4, 1.0), (4, 1, 0.75, 0.5, 4, 1.0),
    ]

    def bits(masks):
        return torch.tensor([[(m >> a) & 1 for a in range(actions)] for m in masks], dtype=torch.float64)

    with torch.no_grad():
        choice = online(windows(next_ends), next_of_state, next_accounts, bits(next_valid))
        choice = choice.masked_fill(bits(next_valid) == 0, -torch.inf).argmax(1)
        next_values = target(windows(next_ends), next_of_state, next_accounts, bits(next_valid))
        y = torch.tensor([r + (d * next_values[s, choice[s]].item() if d else 0) for _, _, r, d, s, _ in pairs])
    before, target_before = online.flat(), target.flat()
    optimiser = torch.optim.Adam(online.parameters(), lr=rate, eps=1e-8)
    values = online(windows(ends), of_state, accounts, bits(valid))
    chosen = torch.stack([values[s, a] for s, a, *_ in pairs])
    losses = torch.nn.functional.huber_loss(chosen, y, delta=delta, reduction="none")
    loss = (losses * torch.tensor([p[5] for p in pairs])).mean()
    loss.backward()
    gradient = online.flat(gradient=True)
    norm = gradient.norm()
    assert norm > maximum_norm
    for p in online.parameters():
        p.grad *= maximum_norm / norm
    optimiser.step()
    write("double-dqn-update.json", {
        "bars": bars, "window": window, "features": features, "account": account, "actions": actions, "units": units,
        "hidden": hidden, "delta": delta, "maximumNorm": maximum_norm, "learningRate": rate, "matrix": tensor(matrix),
        "windowEnds": ends, "windows": of_state, "valid": valid, "accounts": tensor(accounts),
        "nextWindowEnds": next_ends, "nextWindows": next_of_state, "nextValid": next_valid,
        "nextAccounts": tensor(next_accounts), "pairs": pairs, "online": tensor(before), "target": tensor(target_before),
        "values": tensor(values), "choices": choice.tolist(), "absoluteErrors": tensor((chosen - y).abs()),
        "loss": loss.item(), "gradient": tensor(gradient), "gradientNorm": norm.item(), "after": tensor(online.flat()),
        "meanMaximalValue": values.masked_fill(bits(valid) == 0, -torch.inf).max(1).values.mean().item(),
    })


def safetensors_golden():
    """A file by the reference implementation, whose tensors do not lie in the order of our layout."""
    weight = numpy.arange(6, dtype=numpy.float32).reshape(2, 3) / 8 - 0.25
    bias = numpy.array([[0.5, -1.5, 3e-7]], dtype=numpy.float32)
    save_file({"layer.weight": weight, "layer.bias": bias}, HERE / "reference.safetensors",
              metadata={"strategy": "gated-dqn", "note": "quotes \" and ünïcode", "safetensors": safetensors.__version__})


def recurrent_golden(name, layer, states):
    """Outputs of every step, first states that are not zero, and the gradient of everything."""
    steps, batch, inputs, units = 4, 3, 2, 5
    layer = layer(inputs, units)
    x = torch.randn(steps, batch, inputs, requires_grad=True)
    first = [torch.randn(1, batch, units, requires_grad=True) for _ in range(states)]
    d_outputs, d_last = torch.randn(steps, batch, units), torch.randn(batch, units)
    outputs, last = layer(x, first[0] if states == 1 else tuple(first))
    last = last if states == 1 else last[0]
    ((outputs * d_outputs).sum() + (last[0] * d_last).sum()).backward()
    write(name, {
        "steps": steps, "batch": batch, "inputs": inputs, "units": units, "x": tensor(x),
        "firstState": tensor(torch.cat(first)), "outputs": tensor(outputs), "dOutputs": tensor(d_outputs),
        "dOutput": tensor(d_last), "parameters": tensor(recurrent_parameters([layer], gradient=False)),
        "dParameters": tensor(recurrent_parameters([layer], gradient=True)), "dx": tensor(x.grad),
        "dFirstState": tensor(torch.cat([state.grad for state in first])),
    })


def recurrent_parameters(layers, gradient):
    """One layer after the other, in our order. Ours has one bias where PyTorch's LSTM has two that are added."""
    parts = []
    for layer in layers:
        weights = [layer.weight_ih_l0, layer.weight_hh_l0, layer.bias_ih_l0, layer.bias_hh_l0]
        w_ih, w_hh, b_ih, b_hh = [w.grad if gradient else w for w in weights]
        if isinstance(layer, torch.nn.GRU):
            parts += [input_layout(w_ih), recurrent_layout(w_hh), b_ih, recurrent_layout(b_hh)]
        else:
            parts += [w_ih.t(), w_hh.t(), b_ih if gradient else b_ih + b_hh]
    return torch.cat([part.detach().reshape(-1) for part in parts])


def encoder_golden(name, encode, parameters, steps, inputs):
    """Encodings of a batch of windows, [T, B, F], and the parameters' gradient."""
    batch = 3
    x = torch.randn(steps, batch, inputs)
    output = encode(x)
    d_output = torch.randn(output.shape)
    before = parameters(gradient=False)
    (output * d_output).sum().backward()
    write(name, {
        "steps": steps, "batch": batch, "inputs": inputs, "x": tensor(x), "output": tensor(output),
        "dOutput": tensor(d_output), "parameters": tensor(before), "dParameters": tensor(parameters(gradient=True)),
    })


def stack_golden(name, layer):
    """Two layers, the second narrower; the encoding is the last state of the second."""
    layers = [layer(3, 5), layer(5, 4)]
    encoder_golden(
        name, lambda x: layers[1](layers[0](x)[0])[0][-1],
        lambda gradient: recurrent_parameters(layers, gradient), steps=6, inputs=3)


def convolution_golden():
    """Two rectified convolutions; our maps are [T', B, C], flat [B, T' C], and our weights [K F, C]."""
    layers = [torch.nn.Conv1d(3, 4, 3), torch.nn.Conv1d(4, 5, 3)]

    def encode(x):
        y = x.permute(1, 2, 0)
        for layer in layers:
            y = torch.relu(layer(y))
        return y.permute(0, 2, 1).reshape(x.shape[1], -1)

    def parameters(gradient):
        parts = []
        for layer in layers:
            weight, bias = [w.grad if gradient else w for w in (layer.weight, layer.bias)]
            parts += [weight.permute(2, 1, 0), bias]
        return torch.cat([part.detach().reshape(-1) for part in parts])

    encoder_golden("convolution-stack.json", encode, parameters, steps=8, inputs=3)


if __name__ == "__main__":
    gru_golden()
    dense_golden()
    huber_golden()
    adam_golden()
    update_golden()
    safetensors_golden()
    recurrent_golden("gru-steps.json", torch.nn.GRU, states=1)
    recurrent_golden("lstm-steps.json", torch.nn.LSTM, states=2)
    stack_golden("gru-stack.json", torch.nn.GRU)
    stack_golden("lstm-stack.json", torch.nn.LSTM)
    convolution_golden()
