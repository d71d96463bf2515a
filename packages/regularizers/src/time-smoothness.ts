import {
  add,
  div,
  leaves,
  mul,
  paths,
  rebuild,
  reshape,
  ShapeError,
  sameShape,
  showShape,
  split,
  stack,
  sub,
  sum,
  type Tree,
  type Value,
  type ValueLike,
  zeros,
} from "@paramat/core";
import { type Regularizer, type RegularizerShift, regularizer, requireStep, requireWeight } from "./regularizer.js";
import type { Selection } from "./selected-leaves.js";
import { type AxisModes, axisModes } from "./smoothness/axis-modes.js";
import { requireShift, solveForm } from "./solve-diagonal.js";

export interface TimeSmoothnessOptions extends Selection {
  /** Paths of the layers' subtrees in order, [".block1", ".block2"]; default [0], [1], …, where the parameters are a list. */
  readonly layers?: readonly string[];
  /** Δt, the step of time from one layer to the next; default 1. */
  readonly dt?: number;
}

/**
 * R(θ) = λ/(2Δt) Σ_j ‖θ_{j+1} − θ_j‖², smoothness in time of a residual network y_{j+1} = y_j + Δt f(y_j, θ_j): with it, the deeper network is the same
 * equation on a finer grid of times (Haber & Ruthotto, "Stable architectures for deep neural networks", Inverse Problems 34, 2018). Subtrees of one form.
 * @returns with `prox` and `solveShifted` by a cosine transform from layer to layer, in which the second difference is diagonal
 * @throws RangeError unless λ is finite and ≥ 0 and Δt finite and > 0; TypeError (when applied) if there is no layer, or no leaf is selected; ShapeError
 * (when applied) if layers differ in form
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { timeSmoothness } from "@paramat/regularizers";
 * const theta = [1, 3, 2].map((x) => ({ theta: ndarray(cpu("float64"), [x]) }));
 * // ((3 − 1)² + (2 − 3)²)/(2 · 0.5)
 * timeSmoothness(1, { dt: 0.5 })(theta).item(); // → 5
 */
export function timeSmoothness(
  lambda = 1,
  options: TimeSmoothnessOptions = {},
): Regularizer & Required<Pick<Regularizer, "prox" | "solveShifted">> {
  const name = "timeSmoothness";
  const { dt = 1 } = options;
  requireWeight(name, lambda);
  if (!(dt > 0 && dt < Number.POSITIVE_INFINITY)) throw new RangeError(`${name}: dt is ${dt}; it must be a finite number > 0`);
  const solveAll = <W extends Tree>(rhs: W, { alpha, gamma }: RegularizerShift, elsewhere: (leaf: Value) => Value): W => {
    const all = leaves(rhs).map(elsewhere);
    const given = leaves(rhs);
    for (const places of chains(name, rhs, options)) {
      const first = given[places[0] as number] as Value;
      const stacked = stack(places.map((place) => reshape(given[place] as Value, [first.size])));
      const { basis, eigenvalues } = axisModes(places.length, 1, "symmetric", 1) as AxisModes;
      const form = { rowShape: [places.length, first.size], bases: [basis], eigenvalues: eigenvalues.map((mu) => (lambda / dt) * mu) };
      split(solveForm(form, stacked, alpha, gamma), places.length).forEach((part, j) => {
        all[places[j] as number] = reshape(part, first.shape);
      });
    }
    return rebuild(rhs, all);
  };
  return regularizer({
    name,
    value(params) {
      const given = leaves(params);
      const squares = chains(name, params, options).flatMap((places) =>
        places.slice(1).map((place, j) => {
          const change = sub(given[place] as Value, given[places[j] as number] as Value);
          return sum(mul(change, change));
        }),
      );
      // One layer changes into nothing.
      if (squares.length === 0) return zeros((given[0] as Value).backend, []);
      return mul(
        lambda / (2 * dt),
        squares.reduce((a, b) => add(a, b)),
      );
    },
    solveShifted<W extends Tree>(rhs: W, shift: RegularizerShift): W {
      requireShift(name, shift);
      return solveAll(rhs, shift, (leaf) => div(leaf, shift.gamma));
    },
    prox<W extends Tree>(params: W, tau: ValueLike): W {
      requireStep(name, tau);
      return solveAll(params, { alpha: tau, gamma: 1 }, (leaf) => leaf);
    },
  }) as Regularizer & Required<Pick<Regularizer, "prox" | "solveShifted">>;
}

/** For each leaf of the first layer that is selected, its places among all leaves from layer to layer. */
function chains(op: string, params: Tree, { layers, select = () => true }: TimeSmoothnessOptions): readonly (readonly number[])[] {
  const places = paths(params);
  const prefixes = layers ?? rootEntries(places);
  if (prefixes.length === 0) {
    throw new TypeError(
      `${op}: there are no layers; the tree has ${places.join(", ") || "nothing"}; give a list of subtrees, or their paths as layers`,
    );
  }
  const within = prefixes.map((prefix) =>
    places.filter((path) => path.startsWith(prefix) && /^[.[]|^$/.test(path.slice(prefix.length)) && select(path)),
  );
  const [first = []] = within;
  if (first.length === 0)
    throw new TypeError(`${op}: no leaf is selected; the tree has ${places.join(", ")}; select must accept at least one`);
  const shapes = leaves(params);
  const endings = first.map((path) => path.slice((prefixes[0] as string).length));
  prefixes.forEach((prefix, j) => {
    if ((within[j] as string[]).length !== first.length) {
      throw new ShapeError(
        `${op}: ${prefixes[0]} has ${first.length} leaves, ${prefix} has ${within[j]?.length}; layers must be of one form`,
      );
    }
  });
  return endings.map((ending) =>
    prefixes.map((prefix) => {
      const place = places.indexOf(prefix + ending);
      const [want, found] = [shapes[places.indexOf(prefixes[0] + ending)]?.shape, shapes[place]?.shape];
      if (!want || !found || !sameShape(want, found)) {
        const seen = found ? showShape(found) : "missing";
        throw new ShapeError(
          `${op}: ${prefixes[0]}${ending} is ${showShape(want ?? [])}, ${prefix}${ending} is ${seen}; layers must be of one form`,
        );
      }
      return place;
    }),
  );
}

/** [0], [1], … where the tree is a list. */
function rootEntries(places: readonly string[]): readonly string[] {
  return [...new Set(places.flatMap((path) => /^\[\d+\]/.exec(path) ?? []))];
}
