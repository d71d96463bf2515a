import { leaves, paths, rebuild, type Tree, type Value, zipLeaves } from "@paramat/core";
import type { Json } from "../json.js";
import type { Optimizer } from "./optimizer.js";

/** Which leaves an optimizer moves. */
export interface SubtreeRule {
  /** Whether the leaf at a path (`.conv1.theta`, as `paths` gives them) is meant. */
  readonly select: (path: string) => boolean;
  /** null keeps the leaves as they are. */
  readonly optimizer: Optimizer | null;
}

/** For each rule, in order, the state of its optimizer; `[]` where there is none. */
export type PerSubtreeState = readonly Tree[];

/**
 * An optimizer made of others: each leaf is moved by the first rule that selects its path.
 * @throws TypeError where a leaf is selected by no rule, or a rule has no leaf, naming it
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { perSubtree, sgd } from "@paramat/optim";
 * const params = { stencil: ndarray(cpu(), [1, 2]), bias: ndarray(cpu(), 3) };
 * const rule = perSubtree([
 *   { select: (path) => path === ".bias", optimizer: null },
 *   { select: () => true, optimizer: sgd({ learningRate: 0.5 }) },
 * ]);
 * rule.step(params, params, rule.init(params)).params; // → { stencil: [0.5, 1], bias: 3 }
 */
export function perSubtree(rules: readonly SubtreeRule[]): Optimizer<PerSubtreeState> {
  const optimizers = rules.map(({ optimizer }) => optimizer);
  return {
    name: `perSubtree(${optimizers.map((o) => o?.name ?? "fixed").join(", ")})`,
    settings: { rules: optimizers.map((o): Json => o?.settings ?? {}) },
    init(params) {
      const groups = assigned(rules, params);
      return optimizers.map((optimizer, r) => optimizer?.init(picked(leaves(params), groups[r])) ?? []);
    },
    step(params, gradient, state) {
      const pairs = zipLeaves("perSubtree", params, gradient);
      const groups = assigned(rules, params);
      const moved = pairs.map(([theta]) => theta);
      const states = optimizers.map((optimizer, r): Tree => {
        const old = state[r] as Tree;
        if (!optimizer) return old;
        const group = groups[r] as readonly number[];
        const next = optimizer.step(
          group.map((i) => pairs[i]?.[0] as Value),
          group.map((i) => pairs[i]?.[1] as Value),
          old,
        );
        group.forEach((i, k) => void moved.splice(i, 1, next.params[k] as Value));
        return next.state;
      });
      return { params: rebuild(params, moved), state: states };
    },
  };
}

/** For each rule the positions of its leaves. */
function assigned(rules: readonly SubtreeRule[], params: Tree): readonly (readonly number[])[] {
  const groups: number[][] = rules.map(() => []);
  const all = paths(params);
  all.forEach((path, i) => {
    const at = rules.findIndex(({ select }) => select(path));
    if (at < 0)
      throw new TypeError(
        `perSubtree: no rule selects ${path || "the root"}; let the last rule select everything, with optimizer null for what is to stay`,
      );
    groups[at]?.push(i);
  });
  const empty = groups.findIndex((group) => group.length === 0);
  if (empty >= 0)
    throw new TypeError(
      `perSubtree: rule ${empty} has no leaf; the paths are ${all.map((p) => p || "the root").join(", ") || "none"}, and the first rule that selects one takes it`,
    );
  return groups;
}

function picked(all: readonly Value[], group: readonly number[] | undefined): readonly Value[] {
  return (group ?? []).map((i) => all[i] as Value);
}
