import { type Instruction, instructions } from "../expr/instructions.js";
import { usedInputs } from "../expr/used-inputs.js";
import { type Expr, input } from "../expr.js";
import { nodeCost } from "../program/formula-cost.js";

/** A part of a formula; input j of `f` is input `inputs[j]` of the whole, or the result of an earlier step, which come after the whole's inputs. */
export interface FormulaStep {
  readonly f: Expr;
  readonly inputs: readonly number[];
}

/** What one step may be. */
export interface StepLimits {
  /** Arrays that it reads; at least 3, as many as an operation has arguments. */
  readonly operands: number;
  /** As `formulaCost` reckons it; at least that of an elementary function. */
  readonly cost: number;
}

/**
 * f in steps, the last of which gives f. From a formula that costs too much the costliest part that does not is taken out, again and again. From one that reads too many
 * operands, the subformula that saves the most of them; where none saves any, since everything is used everywhere, an argument of the first operation that reads
 * too many.
 * @param operands the operand that each input of f is read from, numbered from 0: several inputs may share one
 */
export function formulaSteps(f: Expr, operands: readonly number[], limits: StepLimits): readonly FormulaStep[] {
  const steps: FormulaStep[] = [];
  const most = limits.operands;
  let list = instructions(f);
  for (;;) {
    const masks = masksOf(list, operands);
    const isLong = list.reduce((sum, { node }) => sum + nodeCost(node), 0) > limits.cost;
    if (!isLong && size(masks.at(-1)!) <= most) return [...steps, stepOf(list, list.length - 1)];
    const at = isLong ? costliest(list, masks, limits) : (mostSaving(list, operands, masks, most) ?? narrowing(list, masks, most));
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

/** The costliest subformula within the limits, among those that come first. */
function costliest(list: readonly Instruction[], masks: readonly bigint[], limits: StepLimits): number {
  let [best, most, before] = [0, 0, 0];
  for (const [at, { node }] of list.entries()) {
    // What a subformula consists of stands before it.
    before += nodeCost(node);
    if (before > limits.cost) break;
    if (node.kind !== "call" || size(masks[at]!) > limits.operands) continue;
    const cost = costOf(list, at);
    if (cost >= most) [best, most] = [at, cost];
  }
  return best;
}

/** The cost of a subformula. */
function costOf(list: readonly Instruction[], at: number): number {
  const isPart = new Uint8Array(at + 1);
  isPart[at] = 1;
  let cost = 0;
  for (let k = at; k >= 0; k--) {
    if (isPart[k] === 0) continue;
    cost += nodeCost(list[k]!.node);
    for (const arg of list[k]!.args) isPart[arg] = 1;
  }
  return cost;
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
