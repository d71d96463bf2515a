/** An op with a derivative of its own: the real root of x³ + a x = b by Newton's method, differentiated by the implicit function theorem. */
import assert from "node:assert/strict";
import { add, array, customDerivative, div, grad, mul, ndarray, neg, type Value } from "paramat";
import { checkDerivatives } from "paramat/check";

const cubicRoot = customDerivative({
  name: "cubicRoot",
  // The iteration works on plain numbers; nothing in it is recorded.
  f: (a, b) => {
    let x = 1;
    for (let k = 0; k < 60; k++) x -= (x ** 3 + a.item() * x - b.item()) / (3 * x * x + a.item());
    return ndarray(a.backend, x);
  },
  // (3x² + a) dx + x da − db = 0
  vjp: ([a], ct, x) => {
    const slope = div(ct, add(mul(3, mul(x, x)), a as Value));
    return [neg(mul(slope, x)), slope];
  },
});

const at = [array(2), array(3)] as const;
assert.ok(Math.abs(cubicRoot(...at).item() - 1) < 1e-15);
// x = 1: 3x² + a = 5, so ∂x/∂a = −1/5 and ∂x/∂b = 1/5.
const [da, db] = grad(([a, b]: readonly Value[]) => cubicRoot(a as Value, b as Value))(at as readonly Value[]) as [Value, Value];
console.log(`root 1, gradient (${da}, ${db})`);
assert.deepEqual([da.item(), db.item()], [-0.2, 0.2]);
const report = checkDerivatives(([a, b]: readonly Value[]) => cubicRoot(a as Value, b as Value), at as readonly Value[], { order: 2 });
console.log(String(report));
assert.ok(report.ok);
