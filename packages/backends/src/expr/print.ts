import type { Expr, ScalarOp } from "../expr.js";
import { fold } from "./fold.js";

/**
 * f as mathematics, with as few parentheses as it needs: `select(x0 > 0, x0, 0)`, `x0 * (1 - x0)`, `-x0^2`.
 * Powers are `^` and bind tighter than a sign. A shared subformula of more than 40 characters gets a name first, `t0 = …; t0 * (1 - t0)`,
 * so the text stays linear in the size of f.
 * @param names of the inputs; `x0`, `x1`, … where absent
 */
export function print(f: Expr, names: readonly string[] = []): string {
  const uses = useCounts(f);
  const definitions: string[] = [];
  const { text } = fold<Phrase>(f, (node, args) => {
    const phrase = phraseOf(node, args, names);
    if (phrase.text.length <= 40 || (uses.get(node) ?? 0) < 2) {
      return phrase;
    }
    const name = `t${definitions.length}`;
    definitions.push(`${name} = ${phrase.text}; `);
    return { text: name, rank: atom };
  });
  return definitions.join("") + text;
}

/** Text, and how tightly its outermost operator binds. */
interface Phrase {
  readonly text: string;
  readonly rank: number;
}

const [comparison, additive, multiplicative, sign, power, atom] = [1, 2, 3, 4, 5, 6] as const;

/** Symbol, rank, and the least rank that stands bare on the left and on the right. A sign on the right of an operator keeps its parentheses. */
const infix: Readonly<Partial<Record<ScalarOp, readonly [string, number, number, number]>>> = {
  lt: [" < ", comparison, additive, additive],
  le: [" <= ", comparison, additive, additive],
  eq: [" == ", comparison, additive, additive],
  ne: [" != ", comparison, additive, additive],
  gt: [" > ", comparison, additive, additive],
  ge: [" >= ", comparison, additive, additive],
  add: [" + ", additive, additive, multiplicative],
  sub: [" - ", additive, additive, multiplicative],
  mul: [" * ", multiplicative, multiplicative, power],
  div: [" / ", multiplicative, multiplicative, power],
  pow: ["^", power, atom, atom],
};

function phraseOf(node: Expr, args: readonly Phrase[], names: readonly string[]): Phrase {
  if (node.kind === "input") {
    return { text: names[node.index] ?? `x${node.index}`, rank: atom };
  }
  if (node.kind === "const") {
    const text = Object.is(node.value, -0) ? "-0" : `${node.value}`;
    return { text, rank: text.startsWith("-") ? sign : atom };
  }
  const [left, right] = args as readonly [Phrase, Phrase];
  const operator = infix[node.op];
  if (operator !== undefined) {
    const [symbol, rank, leftRank, rightRank] = operator;
    return {
      text: bare(left, leftRank) + symbol + bare(right, right.text.startsWith("-") && rank !== comparison ? atom : rightRank),
      rank,
    };
  }
  if (node.op === "neg") {
    return { text: `-${bare(left, power)}`, rank: sign };
  }
  return { text: `${node.op}(${args.map((arg) => arg.text).join(", ")})`, rank: atom };
}

function bare(phrase: Phrase, leastRank: number): string {
  return phrase.rank >= leastRank ? phrase.text : `(${phrase.text})`;
}

function useCounts(f: Expr): ReadonlyMap<Expr, number> {
  const counts = new Map<Expr, number>();
  fold(f, (node) => {
    for (const arg of node.kind === "call" ? node.args : []) {
      counts.set(arg, (counts.get(arg) ?? 0) + 1);
    }
  });
  return counts;
}
