"""PyTorch beside Paramat: python3 torch_peer.py THREADS [channels-last]. Results come in Paramat's order: channels last."""

import os
import sys

THREADS = int(sys.argv[1]) if len(sys.argv) > 1 else 1
os.environ["OMP_NUM_THREADS"] = str(THREADS)
os.environ["OPENBLAS_NUM_THREADS"] = str(THREADS)

import warnings

warnings.filterwarnings("ignore")
import numpy
import torch
import torch.nn.functional as F

from serve import numbers, serve

torch.set_num_threads(THREADS)
LAYOUT = torch.channels_last if "channels-last" in sys.argv else torch.contiguous_format


def images(values, examples, height, width, channels):
    x = torch.from_numpy(values.reshape(examples, height, width, channels).transpose(0, 3, 1, 2).copy())
    return x.contiguous(memory_format=LAYOUT)


def kernels(values, k, cin, cout):
    w = torch.from_numpy(values.reshape(k, k, cin, cout).transpose(3, 2, 0, 1).copy())
    return w.contiguous(memory_format=LAYOUT)


def from_images(x):
    return x.detach().permute(0, 2, 3, 1).contiguous().numpy().ravel()


def from_kernels(w):
    return w.detach().permute(2, 3, 1, 0).contiguous().numpy().ravel()


def matmul(s):
    n = s["n"]
    a = torch.from_numpy(numbers(n * n, 1).reshape(n, n))
    b = torch.from_numpy(numbers(n * n, 2).reshape(n, n))
    return lambda: torch.mm(a, b), lambda: [torch.mm(a, b).numpy().ravel()]


def conv(s):
    e, m, cin, cout, k = s["examples"], s["side"], s["channelsIn"], s["channelsOut"], s["kernel"]
    x = images(numbers(e * m * m * cin, 1), e, m, m, cin)
    w = kernels(numbers(k * k * cin * cout, 2), k, cin, cout)
    ct = images(numbers(e * m * m * cout, 3), e, m, m, cout)
    if s["pass"] == "forward":
        def run():
            with torch.no_grad():
                return F.conv2d(x, w, padding=k // 2)
        return run, lambda: [from_images(run())]
    x.requires_grad_()
    w.requires_grad_()

    def run():
        y = F.conv2d(x, w, padding=k // 2)
        return (y, *torch.autograd.grad(y, [x, w], ct))

    def results():
        y, dx, dw = run()
        return [from_images(y), from_images(dx), from_kernels(dw)]
    return run, results


def training(s):
    e = s["examples"]

    def start():
        dense = numbers(1568 * 10, 4, 0.05).reshape(7, 7, 32, 10).transpose(2, 0, 1, 3).reshape(1568, 10).T.copy()
        p = [kernels(numbers(400, 2, 0.2), 5, 1, 16), torch.zeros(16), kernels(numbers(12800, 3, 0.1), 5, 16, 32), torch.zeros(32),
             torch.from_numpy(dense), torch.zeros(10)]
        p = [t.requires_grad_() for t in p]
        return p, torch.optim.SGD(p, lr=s["learningRate"], momentum=s["momentum"])
    x = images(numbers(e * 784, 1), e, 28, 28, 1)
    y = torch.arange(e) % 10

    def step(p, optimizer):
        optimizer.zero_grad(set_to_none=True)
        h = F.max_pool2d(F.relu(F.conv2d(x, p[0], p[1], padding=2)), 2)
        h = F.max_pool2d(F.relu(F.conv2d(h, p[2], p[3], padding=2)), 2)
        loss = F.cross_entropy(F.linear(h.flatten(1), p[4], p[5]), y)
        loss.backward()
        optimizer.step()
        return loss.item()
    state = start()

    def results():
        fresh = start()
        return [numpy.array([step(*fresh) for _ in range(3)])]
    return lambda: step(*state), results


def circular(s):
    e, m = s["examples"], s["side"]
    x = torch.from_numpy(numbers(e * m * m, 1).reshape(e, m, m))
    k = torch.from_numpy(numbers(m * m, 2).reshape(m, m))

    def run():
        return torch.fft.irfft2(torch.fft.rfft2(x) * torch.fft.rfft2(k), s=(m, m))
    return run, lambda: [run().numpy().ravel()]


def tanh(s):
    x, a, b, ct = [torch.from_numpy(numbers(s["n"], seed)) for seed in (1, 2, 3, 4)]
    x, a, b = [t.requires_grad_() for t in (x, a, b)]

    def run():
        y = torch.tanh(a * x + b)
        return (y, *torch.autograd.grad(y, [x, a, b], ct))
    return run, lambda: [t.detach().numpy() for t in run()]


serve(torch.__version__, {"matmul": matmul, "conv": conv, "training": training, "circular": circular, "tanh": tanh})
