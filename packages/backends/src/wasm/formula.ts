import { type Instruction, instructions } from "../expr/instructions.js";
import type { Expr, ScalarOp } from "../expr.js";
import { type Code, get, type Local, type Operand, push, set, v128 } from "./encoder/index.js";
import { elementary } from "./formula/elementary.js";
import { comparisons, operations } from "./formula/operations.js";
import { powerOfConstant } from "./formula/power.js";
import type { MathContext } from "./math/math-context.js";

/**
 * Code that leaves f of every lane on the stack, each distinct subformula computed once; what the operations mean is `scalarFunctions`,
 * in the precision of the context. A comparison that only selects stays a mask.
 * @param inputs one vector for each input of f, which the code does not change
 */
export function formulaCode(context: MathContext, f: Expr, inputs: readonly Local[]): Code {
  const { scope, numbers } = context;
  const list = instructions(f);
  const numeric = usedAsNumbers(list);
  const values: Operand[] = [];
  const masks: (Local | undefined)[] = [];
  const code: Code[] = [];
  const keep = (value: Code): Local => {
    const local = scope.local("v128");
    code.push(set(local, value));
    return local;
  };
  const asLocal = (value: Operand): Local =>
    typeof value === "object" && "index" in value ? value : keep(push(numbers.vectorReading, value));
  const callCode = (op: ScalarOp, args: readonly number[], at: number): Code => {
    const [x, y, z] = args.map((arg) => values[arg]!) as [Operand, Operand, Operand];
    if (op === "select") {
      const mask = masks[args[0]!] ?? numbers.vector.ne(x, 0);
      return selected(context, mask, y, z);
    }
    if (comparisons[op] !== undefined) return v128.and(masks[at]!, push(numbers.vectorReading, 1));
    const exponent = op === "pow" ? list[args[1]!]!.node : undefined;
    const power = exponent?.kind === "const" ? powerOfConstant(numbers, asLocal(x), exponent.value) : undefined;
    if (power !== undefined) return power;
    const plain = operations[op];
    return plain
      ? plain(numbers, ...args.map((arg) => values[arg]!))
      : elementary[op]!(context, ...args.map((arg) => asLocal(values[arg]!)));
  };
  for (const [i, { node, args }] of list.entries()) {
    if (node.kind === "input") values.push(inputs[node.index]!);
    else if (node.kind === "const") values.push(node.value);
    else {
      const compare = comparisons[node.op];
      if (compare !== undefined) masks[i] = keep(compare(numbers, values[args[0]!]!, values[args[1]!]!));
      values.push(numeric.has(i) ? keep(callCode(node.op, args, i)) : 0);
    }
  }
  const result = values.at(-1)!;
  return [...code.flat(), ...(typeof result === "object" && "index" in result ? get(result) : push(numbers.vectorReading, result))];
}

/** a where the mask has bits, else b; zeros cost one instruction, other values three. */
function selected({ numbers }: MathContext, mask: Operand, a: Operand, b: Operand): Code {
  const vector = (value: Operand): Code => push(numbers.vectorReading, value);
  if (Object.is(b, 0)) return v128.and(vector(a), vector(mask));
  if (Object.is(a, 0)) return v128.andnot(vector(b), vector(mask));
  return v128.bitselect(vector(a), vector(b), vector(mask));
}

/** Positions whose value is used as a number; the others are comparisons that are nothing but conditions of selects. */
function usedAsNumbers(list: readonly Instruction[]): ReadonlySet<number> {
  const used = new Set([list.length - 1]);
  for (const { node, args } of list) {
    const selects = node.kind === "call" && node.op === "select";
    for (const [k, arg] of args.entries()) {
      const condition = list[arg]!.node;
      const isMask = selects && k === 0 && condition.kind === "call" && comparisons[condition.op] !== undefined;
      if (!isMask) used.add(arg);
    }
  }
  return used;
}
