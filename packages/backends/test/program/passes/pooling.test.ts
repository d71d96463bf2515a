import { describe, expect, test } from "vitest";
import type { Backend, Buffer, WindowGeometry } from "../../../src/backend.js";
import { cpu } from "../../../src/cpu.js";
import { print } from "../../../src/expr/print.js";
import { call, input } from "../../../src/expr.js";
import { optimize } from "../../../src/program/optimize.js";
import { withReducedScatters } from "../../../src/program/passes/reduced-scatters.js";
import { callsOf, cpuWithFused, evaluated, kindsOf, recorded } from "../recorded.js";

const windows = (stride: number): WindowGeometry => ({
  examples: 2,
  grid: [4, 4],
  window: [2, 2],
  stride: [stride, stride],
  padLow: [0, 0],
  padHigh: [0, 0],
  channels: 3,
});
const size = 2 * 16 * 3;
const [x, y, z] = [input(0), input(1), input(2)];
const all = (buffer: Buffer) => ({ buffer, offset: 0, strides: [3, 1] });
const channels = (buffer: Buffer) => ({ buffer, offset: 0, strides: [0, 1] });

/** max-pool(relu(x + bias)) and the derivatives of ⟨ct, ·⟩ in x and bias, written as a tape writes them. */
function pooled(backend: Backend, geometry: WindowGeometry, [image, bias, ct]: readonly Buffer[]): readonly Buffer[] {
  const count = ct!.length;
  const biased = backend.map(call("add", x, y), [size / 3, 3], [all(image!), channels(bias!)]);
  const active = backend.map(call("select", call("le", x, 0), 0, x), [size / 3, 3], [all(biased)]);
  const positions = backend.argmaxWindows(geometry, active);
  const layout = { outer: 1, size, inner: 1, count };
  const out = backend.gather(layout, active, positions);
  const scattered = backend.scatterAdd(layout, ct!, positions);
  const slope = call("mul", call("select", call("le", x, 0), 0, 1), y);
  const dx = backend.map(slope, [size / 3, 3], [all(biased), all(scattered)]);
  return [out, dx, backend.reduce("sum", [2, 16, 3], [0, 1], dx)];
}

const image = Array.from({ length: size }, (_, i) => ((i * 37) % 23) - 11);
const inputs = (count: number) => [image, [0.5, -3, 2], Array.from({ length: count }, (_, i) => i + 1)];

describe("bias, relu and max-pool", () => {
  test("end as one search for maxima, a gather, small maps and a scatter", () => {
    const count = 2 * 4 * 3;
    const graph = recorded([size, 3, count], (backend, given) => pooled(backend, windows(2), given));
    const fused = optimize(graph, cpuWithFused());
    expect([...kindsOf(fused)].sort()).toEqual(["gather", "map", "map", "mapArgmaxWindows", "reduce", "scatterAdd"]);
    for (const c of callsOf(fused)) if (c.kind === "map") expect(c.shape.reduce((product, n) => product * n, 1)).toBe(count);
    expect(evaluated(fused, inputs(count))).toEqual(evaluated(graph, inputs(count)));
  });

  test("without fused kernels the map before the pool stays, the one after it is small", () => {
    const count = 2 * 4 * 3;
    const graph = recorded([size, 3, count], (backend, given) => pooled(backend, windows(2), given));
    const simplified = optimize(graph, cpu());
    expect(evaluated(simplified, inputs(count))).toEqual(evaluated(graph, inputs(count)));
    expect(kindsOf(simplified)).not.toContain("mapArgmaxWindows");
    const maps = callsOf(simplified).flatMap((c) => (c.kind === "map" ? [c.shape.reduce((product, n) => product * n, 1)] : []));
    expect(maps.sort((a, b) => a - b)).toEqual([count, size]);
  });

  test("overlapping windows are scattered before the map, where sums come first", () => {
    const count = 2 * 9 * 3;
    const graph = recorded([size, 3, count], (backend, given) => pooled(backend, windows(1), given));
    const fused = optimize(graph, cpuWithFused());
    expect(evaluated(fused, inputs(count))).toEqual(evaluated(graph, inputs(count)));
    const last = callsOf(fused).filter((c) => c.kind === "map" || c.kind === "scatterAdd");
    expect(last.map((c) => (c.kind === "map" ? print(c.f) : c.kind))).toContain("select(x0 + x1 <= 0, 0, 1) * x2");
  });

  test("a map that is not 0 where the scatter is stays after it", () => {
    const count = 2 * 4 * 3;
    const graph = recorded([size, count], (backend, [a, ct]) => {
      const layout = { outer: 1, size, inner: 1, count };
      const scattered = backend.scatterAdd(layout, ct!, backend.argmaxWindows(windows(2), a!));
      return [
        backend.map(
          call("mul", call("add", x, 1), y),
          [size],
          [
            { buffer: scattered, offset: 0, strides: [1] },
            { buffer: a!, offset: 0, strides: [1] },
          ],
        ),
      ];
    });
    expect(kindsOf(optimize(graph, cpuWithFused()))).toEqual(["argmaxWindows", "scatterAdd", "map"]);
  });
});

test("the sum of a scatter over its grid is the sum of what was scattered; over other axes it is not", () => {
  const count = 2 * 4 * 3;
  const of = (axes: readonly number[]) =>
    recorded([size, count], (backend, [a, ct]) => {
      const layout = { outer: 1, size, inner: 1, count };
      return [backend.reduce("sum", [2, 16, 3], axes, backend.scatterAdd(layout, ct!, backend.argmaxWindows(windows(2), a!)))];
    });
  const given = [image, Array.from({ length: count }, (_, i) => i + 1)];
  for (const axes of [[0, 1], [0, 1, 2], [0], [1, 2]]) {
    const reduced = withReducedScatters(of(axes));
    expect(evaluated(reduced, given)).toEqual(evaluated(of(axes), given));
    const [sum] = callsOf(reduced).filter((c) => c.kind === "reduce");
    expect(sum?.shape).toEqual(axes.length > 1 && axes[0] === 0 ? [8, 3] : [2, 16, 3]);
  }
});
test("fused reductions keep their axes apart where a map splits them", () => {
  const graph = recorded([12, 3], (backend, [a, b]) => {
    const grid = { buffer: a!, offset: 0, strides: [6, 3, 1] };
    const biased = backend.map(call("mul", x, y), [2, 2, 3], [grid, { buffer: b!, offset: 0, strides: [0, 0, 1] }]);
    return [
      backend.reduce("sum", [4, 3], [0], biased),
      backend.reduce(
        "argmax",
        [12],
        [0],
        backend.map(
          z,
          [12],
          [0, 0, 0].map(() => ({ buffer: a!, offset: 0, strides: [1] })),
        ),
      ),
    ];
  });
  const fused = optimize(graph, cpuWithFused());
  const given = [Array.from({ length: 12 }, (_, i) => (i * 5) % 12), [1, 10, 100]];
  expect(kindsOf(fused)).toEqual(["mapReduce", "reduce"]);
  expect(evaluated(fused, given)).toEqual(evaluated(graph, given));
});
