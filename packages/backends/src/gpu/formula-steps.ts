import { type Instruction, instructions } from "../expr/instructions.js";
import { type Expr, input } from "../expr.js";
import { usedInputs } from "../wasm/map/used-inputs.js";

/** A part of a formula; input j of `f` is input `inputs[j]` of the whole, or the result of an earlier step, which come after the whole's inputs. */
export interface FormulaStep {
  readonly f: Expr;
  readonly inputs: readonly number[];
}

/**
 * f in steps, each reading at most `most` operands; the last gives f. The subformula is taken out that saves the most operands, again and again; where none
 * saves any, since everything is used everywhere, an argument of the first operation that reads too many.
 * @param operands the operand that each input of f is read from, numbered from 0: several inputs may share one
 * @param most at least 3, the arguments that an operation can have
 */
export function formulaSteps(f: Expr, operands: readonly number[], most: number): readonly FormulaStep[] {
  const steps: FormulaStep[] = [];
  let list = instructions(f);
  for (;;) {
    const masks = masksOf(list, operands);
    if (size(masks.at(-1)!) <= most) return [...steps, stepOf(list, list.length - 1)];
    const at = mostSaving(list, operands, masks, most) ?? narrowing(list, masks, most);
    steps.push(stepOf(list, at));
    list = instructions(expression(list, list.length - 1, at, input(operands.length + steps.length - 1)));
  }
}

/** What each instruction reads, a bit for each operand and each result of a step. @param cut reads nothing */
function masksOf(list: readonly Instruction[], operands: readonly number[], cut?: number): readonly bigint[] {
  const masks: bigint[] = [];
  list.forEach(({ node, args }, at) => {
    if (at === cut || node.kind === "const") masks.push(0n);
    else if (node.kind === "input") masks.push(1n << BigInt(operands[node.index] ?? node.index));
    else masks.push(args.reduce((mask, arg) => mask | masks[arg]!, 0n));
  });
  return masks;
}

function size(mask: bigint): number {
  let count = 0;
  for (let rest = mask; rest > 0n; rest &= rest - 1n) count++;
  return count;
}

/** The operation that reads few enough, as one that uses it does not, and after which the fewest operands are left. */
function mostSaving(list: readonly Instruction[], operands: readonly number[], masks: readonly bigint[], most: number): number | undefined {
  let [best, left] = [undefined as number | undefined, size(masks.at(-1)!)];
  const candidates = new Set(list.flatMap(({ args }, at) => (size(masks[at]!) > most ? args : [])));
  for (const at of candidates) {
    if (list[at]!.node.kind !== "call" || size(masks[at]!) > most) continue;
    const rest = size(masksOf(list, operands, at).at(-1)!) + 1;
    if (rest < left) [best, left] = [at, rest];
  }
  return best;
}

/** An argument to compute before: some operation that reads too many has arguments that do not. */
function narrowing(list: readonly Instruction[], masks: readonly bigint[], most: number): number {
  const wide = list.findIndex((_, at) => size(masks[at]!) > most);
  return list[wide]!.args.find((arg) => list[arg]!.node.kind === "call")!;
}

function stepOf(list: readonly Instruction[], at: number): FormulaStep {
  const { formula, used } = usedInputs(expression(list, at));
  return { f: formula, inputs: used };
}

/** The formula of an instruction, with another in place of one. */
function expression(list: readonly Instruction[], root: number, replaced?: number, replacement?: Expr): Expr {
  const made: Expr[] = [];
  for (const [at, { node, args }] of list.entries()) {
    if (at === replaced) made.push(replacement!);
    else made.push(node.kind === "call" ? { ...node, args: args.map((arg) => made[arg]!) } : node);
    if (at === root) break;
  }
  return made[root]!;
}
