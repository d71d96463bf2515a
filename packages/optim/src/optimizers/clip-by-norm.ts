import { add, div, leaves, maximum, mul, rebuild, sqrt, sum, type Tree, type Value } from "@paramat/core";
import type { Optimizer } from "./optimizer.js";
import { wrappedSettings } from "./wrapped-settings.js";

/**
 * An optimizer that is given g·min(1, maxNorm/‖g‖) in place of g, ‖g‖ the length of the whole gradient, all leaves together (Pascanu et al., 2013,
 * algorithm 1). A gradient that is not finite stays so.
 * @throws RangeError unless maxNorm is finite and > 0
 */
export function clipByNorm<S extends Tree>(optimizer: Optimizer<S>, maxNorm: number): Optimizer<S> {
  if (!(maxNorm > 0 && maxNorm < Number.POSITIVE_INFINITY))
    throw new RangeError(`clipByNorm: maxNorm is ${maxNorm}; it must be a finite number > 0`);
  return {
    name: `clipped ${optimizer.name}`,
    settings: wrappedSettings(optimizer, { maxNorm }),
    ...(optimizer.rateAt && { rateAt: optimizer.rateAt }),
    init: optimizer.init,
    step: (params, gradient, state) => optimizer.step(params, clipped(gradient, maxNorm), state),
  };
}

function clipped<P extends Tree>(gradient: P, maxNorm: number): P {
  const all = leaves(gradient);
  if (all.length === 0) return gradient;
  // In units of maxNorm, so that only a gradient some 1e18 times too long overflows in float32.
  const squares = all.map((g): Value => {
    const relative = mul(g, 1 / maxNorm);
    return sum(mul(relative, relative));
  });
  const share = div(1, maximum(sqrt(squares.reduce((a, b) => add(a, b))), 1));
  return rebuild(
    gradient,
    all.map((g) => mul(g, share)),
  );
}
