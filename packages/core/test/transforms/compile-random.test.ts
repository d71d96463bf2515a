import { type Backend, cpu, type ReplayingBackend } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { sum } from "../../src/ops/index.js";
import { rng } from "../../src/rng.js";
import { compile } from "../../src/transforms/compile.js";
import { valueAndGrad } from "../../src/transforms/grad.js";
import { hvp } from "../../src/transforms/hvp.js";
import { leaves, type Tree } from "../../src/tree.js";
import type { Value } from "../../src/value.js";
import { type RandomProgram, randomProgram } from "../check/random-programs.js";

/** A cpu with kernels for maps that are reduced at once, so that programs are fused all the way, and without working memory for programs. */
function withFused(base: Backend): Backend {
  const { arena: _arena, ...kernels } = base as ReplayingBackend;
  return {
    ...kernels,
    fused: {
      mapReduce: (kind, f, shape, axes, inputs) => base.reduce(kind, shape, axes, base.map(f, shape, inputs)),
      mapArgmaxWindows: (geometry, f, inputs) =>
        base.argmaxWindows(geometry, base.map(f, [geometry.examples, ...geometry.grid, geometry.channels], inputs)),
      realFft: noTransforms,
      realFilter: noTransforms,
    },
  };
}

function noTransforms(): never {
  throw new Error("the random programs have no transforms");
}

/** The largest difference, over the largest number that there is. */
function difference(found: Tree, expected: Tree): number {
  const numbers = (tree: Tree) => leaves(tree).flatMap((leaf) => Array.from(leaf.toArray()));
  const want = numbers(expected);
  const scale = Math.max(1, ...want.map(Math.abs));
  return Math.max(0, ...numbers(found).map((x, i) => Math.abs(x - (want[i] as number)) / scale));
}

function moved({ x }: RandomProgram, backend: Backend): readonly Value[] {
  return x.map((leaf) => ndarray(backend, leaf.toArray(), leaf.shape));
}

function worst(count: number, seed: number, of: (program: RandomProgram) => number, limit: number): string {
  const stream = rng(seed);
  for (let i = 0; i < count; i++) {
    const program = randomProgram(stream, i % 2 === 1);
    const found = of(program);
    if (!(found <= limit)) return `${i}: ${program.source}: ${found}`;
  }
  return "";
}

describe.each([
  ["cpu float64", cpu("float64"), 1e-12],
  ["cpu float64 with fused kernels", withFused(cpu("float64")), 1e-12],
  ["cpu float32", cpu("float32"), 2e-5],
  ["wasm float64", wasm({ precision: "float64" }), 1e-12],
  ["wasm float32", wasm({ precision: "float32" }), 2e-5],
] as const)("random programs on %s", (_name, backend, limit) => {
  test("equal the plain function, twice over", () => {
    const run = (program: RandomProgram): number => {
      const x = moved(program, backend);
      const compiled = compile(program.f);
      const expected = program.f(x);
      return Math.max(difference(compiled(x), expected), difference(compiled(x), expected));
    };
    expect(worst(150, 7, run, limit)).toBe("");
  });

  test("so do their values and gradients, and Hessians times vectors", () => {
    const scalar = (program: RandomProgram) => (x: readonly Value[]) => sum(program.f(x));
    const gradient = (program: RandomProgram): number => {
      const x = moved(program, backend);
      const f = valueAndGrad(scalar(program));
      return difference(compile(f)(x), f(x));
    };
    expect(worst(80, 8, gradient, 10 * limit)).toBe("");
    const curvature = (program: RandomProgram): number => {
      const x = moved(program, backend);
      const f = (at: readonly Value[], v: readonly Value[]) => hvp(scalar(program), at, v);
      return difference(compile(f)(x, x), f(x, x));
    };
    expect(worst(40, 9, curvature, 10 * limit)).toBe("");
  });
});
