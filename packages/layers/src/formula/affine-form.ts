import { type Expr, fold, print, type ScalarOp, scalarFunctions } from "@paramat/backends";

/** c + Σ aᵢ xᵢ. */
export interface AffineForm {
  readonly constant: number;
  readonly coefficients: ReadonlyMap<number, number>;
}

/** What keeps a formula from being affine, for people: `t1 * t2 multiplies two of them`. */
export interface NotAffine {
  readonly reason: string;
}

/**
 * A formula as c + Σ aᵢ xᵢ, found symbolically: sums, differences, and products and quotients with constants are followed, whatever else has only
 * constants in it is evaluated. Terms that cancel only after multiplying out, as in (x + 1)² − x², are not seen to be affine.
 * @param names of the inputs, for the reason
 */
export function affineForm(f: Expr, names: readonly string[]): AffineForm | NotAffine {
  return fold<AffineForm | NotAffine>(f, (node, args) => {
    if (node.kind === "const") return { constant: node.value, coefficients: new Map() };
    if (node.kind === "input") return { constant: 0, coefficients: new Map([[node.index, 1]]) };
    const faulty = args.find((arg): arg is NotAffine => "reason" in arg);
    if (faulty) return faulty;
    const [a, b] = args as readonly [AffineForm, AffineForm];
    if (node.op === "div" && isConstant(b) && b.constant === 0) return { reason: `${print(node, names)} divides by 0` };
    const result = combine(node.op, args as readonly AffineForm[]) ?? linearRules[node.op]?.(a, b);
    return result ?? { reason: `${print(node, names)} ${faults[node.op] ?? `takes ${node.op} of what depends on them`}` };
  });
}

/** Only constants: evaluated. */
function combine(op: ScalarOp, args: readonly AffineForm[]): AffineForm | null {
  if (!args.every(isConstant)) return null;
  const [x, y, z] = args.map((arg) => arg.constant) as [number, number, number];
  return { constant: scalarFunctions[op](x, y, z), coefficients: new Map() };
}

const linearRules: Readonly<Partial<Record<ScalarOp, (a: AffineForm, b: AffineForm) => AffineForm | null>>> = {
  neg: (a) => scaled(a, -1),
  add: (a, b) => sum(a, b, 1),
  sub: (a, b) => sum(a, b, -1),
  mul: (a, b) => (isConstant(a) ? scaled(b, a.constant) : isConstant(b) ? scaled(a, b.constant) : null),
  div: (a, b) => (isConstant(b) ? scaled(a, 1 / b.constant, b.constant) : null),
  pow: (a, b) =>
    isConstant(b) && b.constant === 1 ? a : isConstant(b) && b.constant === 0 ? { constant: 1, coefficients: new Map() } : null,
};

const faults: Readonly<Partial<Record<ScalarOp, string>>> = {
  mul: "multiplies two of them",
  div: "divides by one of them",
  pow: "takes a power of what depends on them",
};

function isConstant(a: AffineForm): boolean {
  return a.coefficients.size === 0;
}

/** factor · a; divided by `divisor` where that is given, which rounds once instead of twice. */
function scaled(a: AffineForm, factor: number, divisor?: number): AffineForm {
  const times = (x: number) => (divisor === undefined ? x * factor : x / divisor);
  return {
    constant: times(a.constant),
    coefficients: new Map([...a.coefficients].flatMap(([k, x]) => (factor === 0 ? [] : [[k, times(x)] as const]))),
  };
}

function sum(a: AffineForm, b: AffineForm, sign: 1 | -1): AffineForm {
  const total = new Map(a.coefficients);
  for (const [k, x] of b.coefficients) {
    const value = (total.get(k) ?? 0) + sign * x;
    if (value === 0) total.delete(k);
    else total.set(k, value);
  }
  return { constant: a.constant + sign * b.constant, coefficients: total };
}
