"""The same protocol and the same numbers as serve.mjs and ../works/numbers.mjs."""

import json
import os
import sys
import time

import numpy

HERE = os.path.dirname(os.path.abspath(__file__))


def numbers(count, seed, scale=1.0):
    """s_i = a^i s_0 + c (a^0 + ... + a^(i-1)) modulo 2^32, all at once."""
    with numpy.errstate(over="ignore"):
        a = numpy.full(count, 1664525, dtype=numpy.uint32)
        powers = numpy.cumprod(a, dtype=numpy.uint32)
        sums = numpy.cumsum(numpy.concatenate([[1], powers[:-1]]).astype(numpy.uint32), dtype=numpy.uint32)
        state = powers * numpy.uint32(seed) + numpy.uint32(1013904223) * sums
    return ((state / 4294967296.0 - 0.5) * scale).astype(numpy.float32)


def fingerprint(values):
    x = numpy.asarray(values, dtype=numpy.float64).ravel()
    i = numpy.arange(x.size, dtype=numpy.int64)
    weights = ((i * 7919) % 1009) / 1009 - 0.5
    return {"along": float(x @ weights), "norm": float(numpy.sqrt(x @ x))}


def serve(version, makers):
    with open(os.path.join(HERE, "..", "works", "works.json"), encoding="utf8") as file:
        works = json.load(file)

    def answer(thing):
        sys.stdout.write(json.dumps(thing) + "\n")
        sys.stdout.flush()

    answer({"ready": True, "version": version})
    made = {}
    for line in sys.stdin:
        if not line.strip():
            continue
        request = json.loads(line)
        work = request["work"]
        try:
            if work not in made:
                maker = makers.get(works[work]["kind"])
                made[work] = maker(works[work]) if maker else None
            if made[work] is None:
                answer({"missing": True})
                continue
            run, results = made[work]
            if request.get("check"):
                start = time.perf_counter()
                values = results()
                ms = 1e3 * (time.perf_counter() - start)
                answer({"ms": ms, "fingerprints": [fingerprint(x) for x in values]})
            else:
                answer({"times": times_of(run, request)})
        except Exception as error:
            made[work] = None
            answer({"missing": True, "error": repr(error)[:300]})


def times_of(run, request):
    for _ in range(request["warm"]):
        run()
    times = []
    began = time.perf_counter()
    while len(times) < request["least"] or (1e3 * (time.perf_counter() - began) < request["ms"] and len(times) < request["most"]):
        start = time.perf_counter()
        run()
        times.append(1e3 * (time.perf_counter() - start))
    return times
