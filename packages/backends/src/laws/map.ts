import * as fc from "fast-check";
import { exprKey } from "../expr/expr-key.js";
import { call, constant, type Expr, input, type ScalarOp } from "../expr.js";
import { type BackendLaw, backendLawOf } from "./backend-law.js";
import { verifyKernel } from "./kernel-trial.js";
import { layoutOf } from "./layout.js";
import { count, indicesOf, strided } from "./multi-index.js";
import { referenceScalars, valueOf } from "./reference-scalars.js";
import { domains, formula, magnitude, points, smallOps } from "./scalar-cases.js";
import { between, values } from "./values.js";

const vector = { offset: 0, strides: [1] };

/** `map` computes each scalar operation, any formula of them, and reads through any view. */
export const mapLaws: readonly BackendLaw[] = [
  backendLawOf(
    "map: every scalar operation over its domain",
    fc.record({ op: fc.constantFrom(...(Object.keys(domains) as ScalarOp[])), seed: fc.nat() }),
    async (backend, { op, seed }) => {
      const inputs = domains[op].map(([low, high], i) => between(low, high, 16, seed + i));
      const f = call(op, ...inputs.map((_, i) => input(i)));
      const run = {
        inputs,
        run: (buffers: readonly { length: number }[]) =>
          backend.map(
            f,
            [16],
            buffers.map((buffer) => ({ buffer, ...vector })),
          ),
      };
      const expected = (numbers: readonly number[][]): number[] =>
        numbers[0]!.map((_, e) => referenceScalars[op](...numbers.map((x) => x[e]!)));
      const largest = Math.max(1, ...expected(inputs).map(Math.abs));
      await verifyKernel(backend, { what: `map ${op} [16]`, ...run, expected, tolerance: 16 * largest });
    },
    160,
  ),
  backendLawOf(
    "map: edges, ties and arguments that overflow",
    fc.constantFrom(...points),
    async (backend, [op, args, want]) => {
      const inputs = args.map((arg) => [arg]);
      await verifyKernel(backend, {
        what: `map ${op}(${args.join(", ")})`,
        inputs,
        run: (buffers) =>
          backend.map(
            call(op, ...args.map((_, i) => input(i))),
            [1],
            buffers.map((buffer) => ({ buffer, ...vector })),
          ),
        expected: () => [want],
        tolerance: 0,
      });
    },
    120,
  ),
  backendLawOf(
    "map: a constant 0 times or over NaN and ∞",
    fc.constantFrom<readonly [Expr, readonly number[]]>(
      [call("mul", input(0), 0), [Number.NaN, Number.NaN, Number.NaN, 0, 0]],
      [call("mul", 0, input(0)), [Number.NaN, Number.NaN, Number.NaN, 0, 0]],
      [call("mul", 0, call("mul", input(0), input(0))), [Number.NaN, Number.NaN, Number.NaN, 0, 0]],
      [call("div", 0, input(0)), [Number.NaN, 0, 0, 0, Number.NaN]],
    ),
    async (backend, [f, want]) => {
      await verifyKernel(backend, {
        what: `map ${exprKey(f)}`,
        inputs: [[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2, 0]],
        run: ([buffer]) => backend.map(f, [5], [{ buffer: buffer!, ...vector }]),
        expected: () => [...want],
        tolerance: 0,
      });
    },
    20,
  ),
  backendLawOf(
    "map: relative accuracy near 0",
    fc.record({ op: fc.constantFrom(...smallOps), scale: fc.constantFrom(1e-2, -1e-4, 1e-6, -1e-8) }),
    async (backend, { op, scale }) => {
      // Scaled by a power of two near 1/|x|, the absolute tolerance is a relative one.
      const unit = 2 ** Math.round(-Math.log2(Math.abs(scale)));
      await verifyKernel(backend, {
        what: `map ${op}(${scale})`,
        inputs: [[scale]],
        run: ([x]) => backend.map(call("mul", unit, call(op, input(0))), [1], [{ buffer: x!, ...vector }]),
        expected: ([x]) => [unit * referenceScalars[op](x![0]!)],
        tolerance: 16,
      });
    },
  ),
  backendLawOf("map: a formula of several operations", fc.record({ f: formula, seed: fc.nat() }), async (backend, { f, seed }) => {
    const inputs = [0, 1, 2].map((i) => values(6, seed + i));
    const expected = (numbers: readonly number[][]): number[] =>
      numbers[0]!.map((_, e) =>
        valueOf(
          f,
          numbers.map((x) => x[e]!),
        ),
      );
    await verifyKernel(backend, {
      what: `map ${JSON.stringify(f)}`,
      inputs,
      run: (buffers) =>
        backend.map(
          f,
          [6],
          buffers.map((buffer) => ({ buffer, ...vector })),
        ),
      expected,
      tolerance: 64 * magnitude(f),
    });
  }),
  backendLawOf(
    "map: reads through any view",
    fc.record({ shape: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }), seed: fc.nat() }),
    async (backend, { shape, seed }) => {
      const layouts = [0, 1, 2].map((i) => layoutOf(shape, seed + i));
      const f = call("add", call("mul", input(0), 4), call("sub", input(1), input(2)));
      await verifyKernel(backend, {
        what: `map through views of [${shape.join(", ")}]: ${JSON.stringify(layouts)}`,
        inputs: layouts.map(({ length }, i) => values(length, seed + 10 + i)),
        run: (buffers) =>
          backend.map(
            f,
            shape,
            buffers.map((buffer, i) => ({ buffer, ...layouts[i]! })),
          ),
        expected: (numbers) =>
          indicesOf(shape).map((index) => {
            const [x, y, z] = layouts.map(({ offset, strides }, i) => numbers[i]![strided(offset, strides, index)]!) as [
              number,
              number,
              number,
            ];
            return 4 * x + (y - z);
          }),
        tolerance: 16,
      });
    },
    120,
  ),
  backendLawOf(
    "map: a formula without inputs fills the shape",
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
    async (backend, shape) => {
      await verifyKernel(backend, {
        what: `map constant over [${shape.join(", ")}]`,
        inputs: [],
        run: () => backend.map(constant(-1.5), shape, []),
        expected: () => new Array<number>(count(shape)).fill(-1.5),
        tolerance: 0,
      });
    },
    20,
  ),
];
