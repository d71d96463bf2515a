import fc from "fast-check";
import { expect, test } from "vitest";
import { call, input } from "../../src/expr.js";
import { readsOf } from "../../src/program/call-operands.js";
import type { Graph } from "../../src/program/graph.js";
import { planMemory } from "../../src/program/plan-memory.js";
import { recorded } from "./recorded.js";

const whole = (buffer: { readonly length: number }) => ({ buffer, offset: 0, strides: [1] });
const f = call("add", input(0), input(1));

/** A program of maps and scans of random earlier results. */
const graphs = fc
  .array(fc.record({ scan: fc.boolean(), a: fc.nat(), b: fc.nat(), length: fc.integer({ min: 1, max: 40 }) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((steps): Graph => {
    return recorded([40, 40], (backend, inputs) => {
      const made = [...inputs];
      for (const { scan, a, b, length } of steps) {
        const [left, right] = [made[a % made.length]!, made[b % made.length]!];
        const n = Math.min(length, left.length, right.length);
        made.push(scan ? backend.scan(1, left.length, 1, false, left) : backend.map(f, [n], [whole(left), whole(right)]));
      }
      return [made.at(-1)!, made.at(-3)!];
    });
  });

test("what is needed at one time lies apart, but for a map over an operand that it reads once in order", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const { arena, slots } = planMemory(graph, "float64", [40, 40], 0);
      const lastUse = graph.nodes.map((_, id) =>
        Math.max(id, ...graph.nodes.flatMap((node, user) => (readsOf(node).includes(id) ? [user] : []))),
      );
      graph.nodes.forEach((_, a) => {
        const first = slots[a]!;
        if (first.place !== "arena") return;
        expect(first.offset % 64).toBe(0);
        expect(first.offset + 8 * first.length + 64).toBeLessThanOrEqual(arena.bytes);
        for (let b = a + 1; b < graph.nodes.length; b++) {
          const second = slots[b]!;
          if (second.place !== "arena" || lastUse[a]! < b) continue;
          const apart = first.offset + 8 * first.length + 64 <= second.offset || second.offset + 8 * second.length + 64 <= first.offset;
          const node = graph.nodes[b]!;
          const over =
            lastUse[a] === b &&
            node.kind === "call" &&
            node.call.kind === "map" &&
            readsOf(node).filter((id) => id === a).length === 1 &&
            first.length === second.length &&
            first.offset === second.offset;
          expect(apart || over).toBe(true);
        }
      });
    }),
  );
});

test("a chain of maps needs one place, and results leave", () => {
  const graph = recorded([1000], (backend, [x]) => {
    let y = x!;
    for (let i = 0; i < 5; i++) y = backend.map(call("sin", input(0)), [1000], [whole(y)]);
    return [y];
  });
  const { arena, bytesWithoutReuse, slots } = planMemory(graph, "float64", [1000], 2);
  expect(arena).toEqual({ bytes: 8064, inputs: [1000], outputs: [1000], outputSets: 2 });
  expect(bytesWithoutReuse).toBe(4 * 8064);
  expect(slots.at(-1)).toEqual({ place: "output", position: 0, length: 1000 });
});
