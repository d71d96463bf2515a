"""NumPy with its BLAS, and SciPy's transforms: python3 numpy_peer.py THREADS."""

import os
import sys

THREADS = int(sys.argv[1]) if len(sys.argv) > 1 else 1
os.environ["OPENBLAS_NUM_THREADS"] = str(THREADS)

import numpy
import scipy.fft

from serve import numbers, serve


def matmul(s):
    n = s["n"]
    a, b = numbers(n * n, 1).reshape(n, n), numbers(n * n, 2).reshape(n, n)
    return lambda: a @ b, lambda: [a @ b]


def circular(s):
    e, m = s["examples"], s["side"]
    x, k = numbers(e * m * m, 1).reshape(e, m, m), numbers(m * m, 2).reshape(m, m)

    def run():
        product = scipy.fft.rfft2(x, workers=THREADS) * scipy.fft.rfft2(k)
        return scipy.fft.irfft2(product, s=(m, m), workers=THREADS)
    return run, lambda: [run()]


def tanh(s):
    x, a, b, ct = [numbers(s["n"], seed) for seed in (1, 2, 3, 4)]

    def run():
        y = numpy.tanh(a * x + b)
        g = ct * (1 - y * y)
        return y, g * a, g * x, g
    return run, run


serve(numpy.__version__, {"matmul": matmul, "circular": circular, "tanh": tanh})
