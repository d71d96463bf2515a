import { add, leaves, mul, NotDifferentiableError, ndarray, square, sub, sum, type Value } from "@paramat/core";
import type { IterationRow, Minimizer } from "@paramat/optim";
import { expect, it } from "vitest";
import { backend, distance, quadratic } from "./problems.js";

/** What every method must satisfy. @param tolerance how near it comes to the minimizer of a quadratic of this condition, within 5000 iterations */
export function minimizerLaws(
  minimize: Minimizer,
  { condition, tolerance }: { readonly condition: number; readonly tolerance: number },
): void {
  const { f, start, minimizer } = quadratic(condition);
  const options = { gradientTolerance: tolerance, maxIterations: 5000 };

  it(`finds the minimizer of a quadratic of condition ${condition} to ${tolerance}, never up by more than rounding, and tells of each iteration once`, async () => {
    const rows: IterationRow[] = [];
    const found = await minimize(f, start, { ...options, progress: (row) => rows.push(row) });
    expect(found.reason).toMatch(/^‖gradient‖/);
    // The least eigenvalue is 1, so that ‖x − x*‖ ≤ ‖∇f‖.
    expect(distance(found.params, minimizer)).toBeLessThanOrEqual(tolerance);
    expect([...start.toArray()].every((x) => x === 0)).toBe(true);
    expect(rows).toEqual(found.history);
    expect(found.iterations).toBe(rows.length - 1);
    const isWrong = rows
      .slice(1)
      .some((row, i) => row.iteration !== i + 1 || row.value > (rows[i]?.value as number) * (1 + 10.5 * backend.epsilon));
    expect(isWrong).toBe(false);
    expect(rows.at(-1)?.evaluations).toEqual(found.evaluations);
    expect(String(found)).toContain(`converged after ${found.iterations} iterations`);
  });

  it("gives the same bits twice", async () => {
    const once = await minimize(f, start, { ...options, maxIterations: 20 });
    const twice = await minimize(f, start, { ...options, maxIterations: 20 });
    expect([...once.params.toArray()]).toEqual([...twice.params.toArray()]);
    expect(once.history).toEqual(twice.history);
  });

  it("does not see the form of the tree, nor whether f is compiled", async () => {
    const few = { ...options, maxIterations: 4 };
    const centre = ndarray(backend, [1, -2, 0.5]);
    const weight = [1, 3, 7];
    const plain = await minimize(
      (x: Value) => sum(mul(ndarray(backend, weight), square(sub(x, centre)))),
      ndarray(backend, [0, 0, 0]),
      few,
    );
    const tree = { a: ndarray(backend, [[0]]), rest: [ndarray(backend, 0), { b: ndarray(backend, [0]) }] };
    const apart = (x: typeof tree) =>
      leaves(x)
        .map((leaf, i) => mul(weight[i] as number, sum(square(sub(leaf, centre.toArray()[i] as number)))))
        .reduce((a, b) => add(a, b));
    for (const compile of [true, false]) {
      const found = await minimize(apart, tree, { ...few, compile });
      expect(distance(found.params, [...plain.params.toArray()])).toBeLessThanOrEqual(1e-11);
    }
  });

  it("stays at a stationary point", async () => {
    const centre = ndarray(backend, [1, 2]);
    const found = await minimize((x: Value) => sum(square(sub(x, centre))), centre, {});
    expect([found.status, found.iterations, found.params.toNested()]).toEqual(["converged", 0, [1, 2]]);
  });

  it("stops at the limit, and says so", async () => {
    const found = await minimize(f, start, { ...options, maxIterations: 1 });
    expect([found.status, found.iterations]).toEqual(["limit", 1]);
    expect(found.reason).toMatch(/raise maxIterations \(1\)/);
  });

  it("stops after the iteration in which the signal is aborted, and keeps what it has", async () => {
    const controller = new AbortController();
    const rows: IterationRow[] = [];
    const progress = (row: IterationRow) => {
      rows.push(row);
      if (row.iteration === 2) controller.abort();
    };
    const found = await minimize(f, start, { ...options, signal: controller.signal, progress });
    expect([found.status, found.iterations, rows.length]).toEqual(["interrupted", 2, 3]);
    expect(found.reason).toMatch(/^the signal was aborted/);
    expect([found.value, f(found.params).item()]).toEqual([rows[2]?.value, rows[2]?.value]);
    const never = await minimize(f, start, { ...options, signal: controller.signal });
    expect([never.status, never.iterations]).toEqual(["interrupted", 0]);
  });

  it("stops where the step or the value hardly changes, if asked", async () => {
    const loose = { gradientTolerance: 0, maxIterations: 5000 };
    const byStep = await minimize(f, start, { ...loose, stepTolerance: 1e-2 });
    expect([byStep.status, byStep.reason.slice(0, 6)]).toEqual(["converged", "‖step‖"]);
    const byValue = await minimize(f, start, { ...loose, valueTolerance: 1e-2 });
    expect([byValue.status, byValue.reason.slice(0, 9)]).toEqual(["converged", "the value"]);
  });

  it("returns a start that is not finite", async () => {
    const found = await minimize((x: Value) => sum(mul(Number.NaN, x)), ndarray(backend, [1]), {});
    expect([found.status, found.params.toNested()]).toEqual(["non-finite", [1]]);
    expect(found.reason).toMatch(/^the value is NaN/);
  });

  it("throws where the call itself is wrong", async () => {
    await expect(minimize((x: Value) => x, ndarray(backend, [1, 2]), {})).rejects.toThrow(NotDifferentiableError);
    await expect(minimize(() => ndarray(backend, 0), {}, {})).rejects.toThrow("has no leaves");
    await expect(minimize(f, start, { gradientTolerance: -1 })).rejects.toThrow("gradientTolerance is -1; it must be a finite number ≥ 0");
    await expect(minimize(f, start, { maxIterations: 1.5 })).rejects.toThrow("maxIterations is 1.5; it must be a whole number ≥ 0");
  });
}
