import {
  activation,
  array,
  conv,
  customDerivative,
  defaultBackend,
  dense,
  exp,
  log,
  matmul,
  maxPooling,
  mul,
  neg,
  network,
  relu,
  rng,
  sin,
  softmaxCrossEntropy,
  sum,
  type Tree,
  tanh,
  type Value,
} from "paramat";
import { checkDerivatives } from "paramat/check";

export interface CheckedFunction {
  readonly name: string;
  readonly ok: boolean;
  readonly report: string;
}

/** Every derivative check, to second order, of some functions; the last one's derivative has its sign dropped. */
export async function gradientChecks(): Promise<readonly CheckedFunction[]> {
  const stream = rng(11);
  const draw = (shape: readonly number[], low = -1): Value =>
    array(
      Float64Array.from({ length: shape.reduce((n, size) => n * size, 1) }, () => low + 2 * stream.uniform()),
      shape,
    );
  const net = network(
    [conv({ channels: 2, kernel: 3, boundary: "periodic" }), activation(tanh, "tanh"), maxPooling({ window: 2 }), dense(3)],
    {
      inShape: [4, 4, 1],
    },
  );
  const params = net.init(stream, defaultBackend);
  const images = draw([2, 4, 4, 1]);
  const classes = array([
    [0, 1, 0],
    [1, 0, 0],
  ]);
  const wrongSin = customDerivative({ name: "wrong sin", f: (x) => sin(x as Value), vjp: ([x], ct) => [neg(mul(ct, exp(x as Value)))] });
  return [
    checked("elementwise", (x: Value) => sum(mul(log(x), sin(x))), draw([3, 2], 0.5)),
    checked("matrix product", ({ a, b }: { a: Value; b: Value }) => tanh(matmul(a, b)), { a: draw([2, 3]), b: draw([3, 2]) }),
    checked("away from a kink", (x: Value) => relu(x), draw([5], 0.5)),
    checked("a network's loss", (p: typeof params) => softmaxCrossEntropy(net.forward(p, images), classes), params),
    checked("a wrong rule", (x: Value) => wrongSin(x), draw([3])),
  ];
}

function checked<X extends Tree>(name: string, f: (x: X) => Tree, x: X): CheckedFunction {
  const report = checkDerivatives(f, x);
  return { name, ok: report.ok, report: String(report) };
}
