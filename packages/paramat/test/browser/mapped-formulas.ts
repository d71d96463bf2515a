import {
  activation,
  add,
  array,
  atan,
  conv,
  cos,
  defaultBackend,
  dense,
  erf,
  exp,
  gelu,
  leastSquares,
  leaves,
  log,
  mul,
  network,
  pow,
  relu,
  rng,
  sigmoid,
  sin,
  softplus,
  sqrt,
  sum,
  tanh,
  type Value,
  valueAndGrad,
} from "paramat";
import { fingerprint } from "./fingerprint.js";

export interface MappedFormulas {
  /** Whether the host compiles strings. */
  readonly compiles: boolean;
  /** Of f(x) and its gradient's bits, for each formula. */
  readonly formulas: Readonly<Record<string, string>>;
  /** Of loss and gradient of a network of sums, products and maxima alone, which every host rounds alike. */
  readonly network: string;
}

/** Values and gradients in float64 of formulas that are compiled where the host allows it, and interpreted where it does not. */
export async function mappedFormulas(): Promise<MappedFormulas> {
  const stream = rng(13);
  const x = array(
    Float64Array.from({ length: 3000 }, () => 0.1 + 2 * stream.uniform()),
    [50, 60],
  );
  const row = array(
    Float64Array.from({ length: 60 }, () => stream.normal()),
    [60],
  );
  const formulas: Record<string, (x: Value) => Value> = {
    exp,
    log,
    sqrt,
    tanh,
    sigmoid,
    softplus,
    gelu,
    erf,
    sin,
    cos,
    atan,
    power: (y) => pow(y, row),
    mixture: (y) => add(mul(exp(mul(y, row)), 2), sqrt(add(mul(y, y), 1))),
  };
  const entries = Object.entries(formulas).map(async ([name, f]) => {
    const { value, gradient } = valueAndGrad((y: Value) => sum(f(y)))(x);
    return [name, await fingerprint(Float64Array.of(...f(x).toArray(), ...gradient.toArray(), value.item()))] as const;
  });
  return { compiles: compilesStrings(), formulas: Object.fromEntries(await Promise.all(entries)), network: await networkStep() };
}

async function networkStep(): Promise<string> {
  const net = network([conv({ channels: 3, kernel: 3, boundary: "reflect" }), activation(relu, "relu"), dense(4)], { inShape: [6, 6, 1] });
  const stream = rng(17);
  const draw = (shape: readonly number[]): Value =>
    array(
      Float64Array.from({ length: shape.reduce((n, size) => n * size, 1) }, () => stream.normal()),
      shape,
    );
  const [images, targets] = [draw([5, 6, 6, 1]), draw([5, 4])];
  const params = net.init(stream, defaultBackend);
  const { value: loss, gradient } = valueAndGrad((p: typeof params) => leastSquares(net.forward(p, images), targets))(params);
  return fingerprint(Float64Array.from([loss.item(), ...leaves(gradient).flatMap((leaf) => [...leaf.toArray()])]));
}

function compilesStrings(): boolean {
  try {
    return new Function("return true")() === true;
  } catch {
    return false;
  }
}
