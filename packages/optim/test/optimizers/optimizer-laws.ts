import { cpu } from "@paramat/backends";
import { add, compile, grad, leaves, mul, ndarray, rebuild, sum, type Tree, type Value } from "@paramat/core";
import type { Optimizer } from "@paramat/optim";
import { expect, it } from "vitest";

const backend = cpu("float64");
const start = [1, -2, 0.5, 3];

/** ½Σp² + ¼Σp⁴ over all leaves, with gradient p + p³. */
export function quartic(params: Tree): Value {
  return leaves(params)
    .map((p) => {
      const square = mul(p, p);
      return add(mul(0.5, sum(square)), mul(0.25, sum(mul(square, square))));
    })
    .reduce((a, b) => add(a, b));
}

/** All entries after each of `steps` steps from `params` down the quartic. */
export function trajectory<S extends Tree, P extends Tree>(
  optimizer: Optimizer<S>,
  params: P,
  steps: number,
  isCompiled = false,
): number[][] {
  const update = (theta: P, state: S) => optimizer.step(theta, grad((p: P) => quartic(p))(theta), state);
  const run = isCompiled ? compile(update) : update;
  let at = { params, state: optimizer.init(params) };
  return Array.from({ length: steps }, () => {
    at = run(at.params, at.state);
    return leaves(at.params).flatMap((p) => [...p.toArray()]);
  });
}

/** What every update rule must satisfy whose entries do not see each other, or only through the length of the whole gradient. */
export function optimizerLaws(make: () => Optimizer): void {
  it("is pure: the same bits twice, and arguments stay as they are", () => {
    const params = ndarray(backend, start);
    expect(trajectory(make(), params, 7)).toEqual(trajectory(make(), params, 7));
    expect([...params.toArray()]).toEqual(start);
  });

  it("does not see the form of the tree", () => {
    const flat = trajectory(make(), ndarray(backend, start), 7);
    const tree = { a: ndarray(backend, [[1, -2]]), rest: [ndarray(backend, 0.5), { b: ndarray(backend, [3]) }] };
    trajectory(make(), tree, 7).forEach((row, k) => {
      row.forEach((x, i) => void expect(Math.abs(x - (flat[k]?.[i] as number))).toBeLessThanOrEqual(64 * backend.epsilon * 3));
    });
  });

  it("can be compiled, and moves as before", () => {
    const plain = trajectory(make(), { p: ndarray(backend, start) }, 7);
    trajectory(make(), { p: ndarray(backend, start) }, 7, true).forEach((row, k) => {
      row.forEach((x, i) => void expect(Math.abs(x - (plain[k]?.[i] as number))).toBeLessThanOrEqual(64 * backend.epsilon * 3));
    });
  });

  it("stays where the gradient is 0", () => {
    expect(
      trajectory(make(), ndarray(backend, [0, 0]), 3)
        .flat()
        .every((x) => x === 0),
    ).toBe(true);
  });

  it("keeps a state of numbers, which can be rebuilt", () => {
    const optimizer = make();
    const params = ndarray(backend, start);
    const state = optimizer.init(params);
    const copy = rebuild(
      state,
      leaves(state).map((x) => ndarray(backend, x.toArray(), x.shape)),
    );
    const [a, b] = [state, copy].map((s) => optimizer.step(params, params, s).params.toArray());
    expect(a).toEqual(b);
  });

  it("refuses a gradient of another form, and a tree without leaves", () => {
    const optimizer = make();
    const params = { a: ndarray(backend, [1, 2]) };
    expect(() => optimizer.step(params, { a: ndarray(backend, [1]) }, optimizer.init(params))).toThrow(
      "at .a one tree has shape [2], the other [1]; they must agree",
    );
    expect(() => optimizer.init({})).toThrow(TypeError);
  });
}
