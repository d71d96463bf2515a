import type { Precision } from "../backend.js";
import { arity } from "../expr/arity.js";
import { erf } from "../expr/erf.js";
import { pow } from "../expr/scalar-functions.js";
import { toJavaScript } from "../expr/to-javascript.js";
import type { Expr } from "../expr.js";

/** Numbers of a CPU backend; each is a `Buffer`. */
export type CpuArray = Float64Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/**
 * One run of a loop nest: out[outOffset + Σ outStrides[a]·i_a] = f(…, buffers[j][offsets[j] + Σ strides[j][a]·i_a], …, constants…).
 * The innermost stride of `out` is 1; with one axis, `outOffset` is 0.
 */
export type MapKernel = (
  out: CpuArray,
  outOffset: number,
  outStrides: readonly number[],
  sizes: readonly number[],
  buffers: readonly CpuArray[],
  offsets: readonly number[],
  strides: readonly (readonly number[])[],
  constants: Float64Array,
) => void;

/** How an input moves along the innermost axis: not at all, to its neighbour, to its neighbour from offset 0 on in a nest of one axis, or otherwise. */
export type InnerStride = "0" | "1" | "i" | "s";

/** True where the host compiles strings; a Content-Security-Policy without `unsafe-eval` refuses. */
export function canGenerateCode(): boolean {
  try {
    return new Function("return true")() === true;
  } catch {
    return false;
  }
}

/**
 * A kernel of JavaScript source made for one formula, number of axes and kind of innermost stride of each input (constants follow the inputs).
 * Whatever does not change along the innermost axis is computed outside its loop.
 */
export function generateKernel(f: Expr, rank: number, inner: readonly InnerStride[], precision: Precision): MapKernel {
  const source = kernelSource(f, rank, inner);
  // The precision stands in the source so that engines which cache compiled code by source keep float32 and float64 types apart.
  return new Function("erf", "pow", `"use strict"; // ${precision}\nreturn ${source};`)(erf, pow) as MapKernel;
}

function kernelSource(f: Expr, rank: number, inner: readonly InnerStride[]): string {
  const inputs = [...inner.keys()];
  const numConstants = Math.max(0, arity(f) - inner.length);
  const names = [...inputs.map((j) => `x${j}`), ...Array.from({ length: numConstants }, (_, k) => `c${k}`)];
  const { statements, result } = toJavaScript(f, names);
  const { invariant, varying } = hoist(
    statements,
    inputs.filter((j) => inner[j] !== "0").map((j) => `x${j}`),
  );
  const last = rank - 1;
  const lines = [
    "function map(out, o, outStrides, sizes, buffers, offsets, strides, constants) {",
    ...Array.from({ length: numConstants }, (_, k) => `const c${k} = constants[${k}];`),
    ...inputs.map((j) => `const b${j} = buffers[${j}]; let p${j} = offsets[${j}];`),
    ...Array.from({ length: rank }, (_, a) => `const n${a} = sizes[${a}], d${a} = outStrides[${a}];`),
    ...inputs.flatMap((j) => Array.from({ length: rank }, (_, a) => `const s${j}_${a} = strides[${j}][${a}];`)),
  ];
  for (let a = 0; a < last; a++) {
    const saved = inputs.map((j) => `, p${j}_${a} = p${j}`).join("");
    const steps = inputs.map((j) => `, p${j} = p${j}_${a} += s${j}_${a}`).join("");
    lines.push(`for (let i${a} = 0, o_${a} = o${saved}; i${a} < n${a}; i${a}++, o = o_${a} += d${a}${steps}) {`);
  }
  lines.push(
    ...inputs.filter((j) => inner[j] === "0").map((j) => `const x${j} = b${j}[p${j}];`),
    ...invariant,
    `for (let i = 0; i < n${last}; i++) {`,
    ...inputs.filter((j) => inner[j] === "1").map((j) => `const x${j} = b${j}[p${j} + i];`),
    ...inputs.filter((j) => inner[j] === "i").map((j) => `const x${j} = b${j}[i];`),
    ...inputs.filter((j) => inner[j] === "s").map((j) => `const x${j} = b${j}[p${j}]; p${j} += s${j}_${last};`),
    ...varying,
    // A nest of one axis is never tiled: o is 0, and the bare index saves an addition with its overflow check.
    rank === 1 ? `out[i] = ${result};` : `out[o + i] = ${result};`,
    "}".repeat(rank + 1),
  );
  return lines.join("\n");
}

/** Statements `const name = …;` apart: those that depend on a name in `varyingNames`, through others or directly, and those that do not. */
function hoist(statements: readonly string[], varyingNames: readonly string[]): { invariant: string[]; varying: string[] } {
  const names = new Set(varyingNames);
  const invariant: string[] = [];
  const varying: string[] = [];
  for (const statement of statements) {
    const [, defined, ...used] = statement.match(/[A-Za-z_]\w*/g) ?? [];
    if (used.some((name) => names.has(name))) {
      names.add(defined as string);
      varying.push(statement);
    } else {
      invariant.push(statement);
    }
  }
  return { invariant, varying };
}
