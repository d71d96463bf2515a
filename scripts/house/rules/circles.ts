import type { Resolver } from "../resolve.js";
import type { Violation } from "../violation.js";
import type { Workspace } from "../workspace.js";

/** No circle of imports among files, type-only imports included, within and across packages. One breach for each shortest circle found per knot. */
export function checkCircles(workspace: Workspace, resolver: Resolver): readonly Violation[] {
  const graph = new Map<string, readonly string[]>();
  for (const file of workspace.rooms.flatMap((room) => room.files)) {
    const targets = file.references.map((r) => resolver.resolve(file.path, r.specifier));
    const paths = targets.map((t) => (t.kind === "relative" || t.kind === "workspace" ? t.path : undefined));
    graph.set(file.path, [...new Set(paths.filter((p) => p !== undefined))]);
  }
  return knots(graph).map((knot) => {
    const circle = shortestCircle(graph, knot);
    return {
      rule: "circles",
      file: circle[0] ?? "",
      message: `imports run in a circle: ${[...circle, circle[0]].join(" → ")}; move what both need to a file of its own`,
    };
  });
}

/** Strongly connected components with a circle in them (Tarjan, 1972). */
function knots(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const lowOf = (node: string): number => low.get(node) ?? Number.POSITIVE_INFINITY;

  function visit(node: string): void {
    order.set(node, order.size);
    low.set(node, order.size - 1);
    stack.push(node);
    onStack.add(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (onStack.has(next)) low.set(node, Math.min(lowOf(node), lowOf(next)));
    }
    if (lowOf(node) !== order.get(node)) return;
    const component = stack.splice(stack.indexOf(node));
    for (const member of component) onStack.delete(member);
    if (component.length > 1 || graph.get(node)?.includes(node)) found.push(component);
  }

  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
}

/** Breadth first from each member; a knot has a circle through every one of its members. */
function shortestCircle(graph: ReadonlyMap<string, readonly string[]>, knot: readonly string[]): readonly string[] {
  const inside = new Set(knot);
  let best: readonly string[] = [];
  for (const start of [...knot].sort()) {
    const queue: (readonly string[])[] = [[start]];
    const seen = new Set<string>();
    for (const path of queue) {
      if (best.length > 0 && path.length >= best.length) break;
      const nexts = (graph.get(path[path.length - 1] ?? start) ?? []).filter((n) => inside.has(n));
      if (nexts.includes(start)) {
        best = path;
        break;
      }
      for (const next of nexts) {
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push([...path, next]);
      }
    }
  }
  return best;
}
