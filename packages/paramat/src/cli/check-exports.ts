import { LawError, NotLinearError, ShapeError } from "@paramat/core";
import type { Parameterization } from "@paramat/layers";
import type { NaiveMatrix } from "@paramat/layers/laws";

export interface FoundExport {
  /** As the module names it: `upwind`, `check[1]`, `makeKernel()`. */
  readonly label: string;
  readonly K: Parameterization;
  readonly matrix?: NaiveMatrix;
}

export interface FoundExports {
  readonly found: readonly FoundExport[];
  /** Parameterizations that are unfinished, or that refused to be made: in sentences. */
  readonly wrong: readonly string[];
  /** Other exports, each with the reason why it is not checked. */
  readonly others: readonly string[];
}

type Exports = Readonly<Record<string, unknown>>;

/** The parameterizations among a module's exports: what `check` lists; else each that is one, or a function without required arguments that makes one. */
export function findParameterizations(exports: Exports): FoundExports {
  const { check, ...rest } = exports;
  const list = Array.isArray(check)
    ? check.map((item, i) => [`check[${i}]`, item as unknown] as const)
    : Object.entries(check === undefined ? rest : exports).filter(([name]) => name !== "matrix");
  const found: FoundExport[] = [];
  const wrong: string[] = [];
  const others: string[] = [];
  for (const [name, item] of list) {
    const made = typeof item === "function" && item.length === 0 ? make(name, item) : { label: name, value: item };
    if ("refusal" in made) (made.wrong ? wrong : others).push(made.refusal);
    else if (isParameterization(made.value)) {
      if (found.some(({ K }) => K === made.value)) continue;
      const { matrix } = made.value as { readonly matrix?: unknown };
      found.push({ label: made.label, K: made.value, ...(typeof matrix === "function" && { matrix: matrix as NaiveMatrix }) });
    } else if (isUnfinished(made.value)) wrong.push(`${made.label} is no parameterization yet: it lacks ${missing(made.value).join(", ")}`);
    else others.push(`${made.label} is no parameterization`);
  }
  const [only] = found;
  if (only && found.length === 1 && !only.matrix && typeof exports.matrix === "function") {
    return { found: [{ ...only, matrix: exports.matrix as NaiveMatrix }], wrong, others };
  }
  return { found, wrong, others };
}

type Made = { readonly label: string; readonly value: unknown } | { readonly refusal: string; readonly wrong: boolean };

function make(name: string, factory: unknown): Made {
  const label = `${name}()`;
  try {
    return { label, value: (factory as () => unknown)() };
  } catch (error) {
    const refused = error instanceof NotLinearError || error instanceof LawError || error instanceof ShapeError;
    return { refusal: `${label} throws ${String(error)}`, wrong: refused };
  }
}

const parts: Readonly<Record<string, readonly [claim: string, holds: (part: unknown) => boolean]>> = {
  name: ["a string", (x) => typeof x === "string"],
  thetaShape: ["sizes", isShape],
  inShape: ["sizes", isShape],
  outShape: ["sizes", isShape],
  numParams: ["a number", (x) => typeof x === "number"],
  apply: ["(theta, y) ↦ K(θ)y", isFunction],
  applyTranspose: ["(theta, z) ↦ K(θ)ᵀz", isFunction],
  jacobianTranspose: ["(y, z) ↦ Qᵀvec(zyᵀ)", isFunction],
  init: ["(rng, backend) ↦ θ", isFunction],
};

function isParameterization(x: unknown): x is Parameterization {
  return isObject(x) && missing(x).length === 0;
}

/** θ's shape or its gradient, without the rest: somebody is writing a parameterization. */
function isUnfinished(x: unknown): x is Exports {
  return isObject(x) && ("thetaShape" in x || "jacobianTranspose" in x);
}

function missing(x: Exports): string[] {
  return Object.entries(parts).flatMap(([name, [claim, holds]]) => (holds(x[name]) ? [] : [`${name} (${claim})`]));
}

function isObject(x: unknown): x is Exports {
  return typeof x === "object" && x !== null;
}

function isShape(x: unknown): boolean {
  return Array.isArray(x) && x.every((n) => Number.isInteger(n) && n >= 0);
}

function isFunction(x: unknown): boolean {
  return typeof x === "function";
}
