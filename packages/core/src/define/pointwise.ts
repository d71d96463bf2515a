import { arity, call, differentiate, type Expr, exprKey, input, substitute } from "@paramat/backends";
import { lift, type ValueLike } from "../lift.js";
import { broadcastTo, sumTo } from "../ops/broadcast.js";
import type { Primitive } from "../primitive.js";
import { broadcastShapes, broadcastStrides } from "../shape.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";

export interface PointwiseDefinition {
  readonly name: string;
  /** z = f(x₀, x₁, …) entry by entry. */
  readonly f: Expr;
}

/**
 * An op from a scalar formula, with broadcasting: z[i] = f(x₀[i], x₁[i], …). Its derivatives are formulas too, found symbolically, so each
 * derivative of any order is again one pass over the entries. Where f itself occurs in ∂f/∂xᵢ (as in tanh′ = 1 − tanh²) the output is read, not
 * computed again.
 */
export function definePointwise(definition: PointwiseDefinition): (...args: readonly ValueLike[]) => Value {
  const { name, f } = definition;
  const numArgs = arity(f);
  const rule = pointwiseRule(name, f, numArgs);
  return (...args) => {
    if (args.length !== numArgs) throw new TypeError(`${name}: takes ${numArgs} arguments; it was given ${args.length}`);
    return rule(lift(name, args));
  };
}

type Rule = (inputs: readonly Value[]) => Value;

function pointwiseRule(name: string, f: Expr, numArgs: number): Rule {
  // Inputs of a derivative's formula: x₀ … x_{n−1}, then the output z, then one factor (a tangent or a cotangent).
  const output = input(numArgs);
  const factor = input(numArgs + 1);
  const slopes = lazyList(numArgs, (i) => {
    const slope = differentiate(f, i);
    if (slope.kind === "const" && slope.value === 0) return null;
    if (slope.kind === "const" && slope.value === 1) return (values: readonly Value[]) => values[numArgs + 1] as Value;
    const key = exprKey(f);
    const shared = substitute(slope, (e) => (e.kind === "call" && exprKey(e) === key ? output : undefined));
    return derivedRule(`${name}′`, call("mul", shared, factor), numArgs + 2);
  });
  const primitive: Primitive<undefined> = {
    name,
    shape: (inputs) => broadcastShapes(name, inputs),
    forward: (backend, inputs, _, shape) =>
      backend.map(
        f,
        shape,
        inputs.map((x) => ({ buffer: x.buffer, offset: 0, strides: broadcastStrides(x.shape, shape) })),
      ),
    // dz = Σᵢ ∂f/∂xᵢ dxᵢ
    jvp(inputs, tangents, z) {
      const terms = tangents.flatMap((dx, i) => {
        const slope = dx && slopes(i);
        return slope ? [slope([...inputs, z, dx])] : [];
      });
      if (terms.length === 0) return null;
      return broadcastTo(
        terms.reduce((a, b) => sum([a, b])),
        z.shape,
      );
    },
    // (∂f/∂xᵢ)ᵀ ct = ∂f/∂xᵢ · ct, summed over the entries that xᵢ was broadcast to
    vjp: (inputs, ct, z, _params, wanted) =>
      inputs.map((x, i) => {
        const slope = wanted[i] ? slopes(i) : null;
        return slope ? sumTo(slope([...inputs, z, ct]), x.shape) : null;
      }),
  };
  return (inputs) => apply(primitive, inputs, undefined);
}

/** A rule for a formula that may not use all of its inputs: those it does not use are not read, kept or watched. */
function derivedRule(name: string, f: Expr, numInputs: number): Rule {
  const used = Array.from({ length: numInputs }, (_, i) => i).filter((i) => uses(f, i));
  const compact = substitute(f, (e) => (e.kind === "input" ? input(used.indexOf(e.index)) : undefined));
  const rule = pointwiseRule(name, compact, used.length);
  return (inputs) => rule(used.map((i) => inputs[i] as Value));
}

function uses(f: Expr, index: number): boolean {
  let found = false;
  substitute(f, (e) => {
    if (e.kind === "input" && e.index === index) found = true;
    return undefined;
  });
  return found;
}

function lazyList<T>(length: number, make: (i: number) => T): (i: number) => T {
  const made: { value: T }[] = new Array(length);
  return (i) => {
    made[i] ??= { value: make(i) };
    return (made[i] as { value: T }).value;
  };
}

/** a + b, the one op that derivative rules themselves are made of. */
export const sum: Rule = pointwiseRule("add", call("add", input(0), input(1)), 2);
