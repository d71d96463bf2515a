/**
 * Learns a stencil from data: u(t + dt) = K(θ) u(t) for the heat equation u_t = κ u_xx on a periodic grid, explicit Euler.
 * The stencil is known, [r, 1 − 2r, r] with r = κ dt/h², so the fit can be asserted. Gauss–Newton by conjugate gradients on the normal equations,
 * with J v and Jᵀ w from one tape.
 */
import assert from "node:assert/strict";
import { add, array, convolution, div, dot, linearize, mul, reshape, rng, sub, sum, type Value, zeros } from "paramat";

const n = 32;
const r = 0.2;
const K = convolution([n, 1], { channels: 1, kernel: 3, boundary: "periodic" });
const exact = array([r, 1 - 2 * r, r], K.thetaShape);

const stream = rng(4);
const before = array(
  Float64Array.from({ length: 5 * n }, () => stream.normal()),
  [5, n, 1],
);
const after = K.apply(exact, before);

const residual = (theta: Value) => sub(K.apply(theta, before), after);
const start = zeros(before.backend, K.thetaShape);
const { value, apply, applyTranspose } = linearize(residual, start);

// JᵀJ s = −Jᵀ r has 3 unknowns: conjugate gradients end after 3 steps.
let step = start;
let rest = mul(-1, applyTranspose(value));
let direction = rest;
for (let k = 0; k < 3; k++) {
  const curved = applyTranspose(apply(direction));
  const length = div(dot(rest, rest), dot(direction, curved));
  const next = sub(rest, mul(length, curved));
  step = add(step, mul(length, direction));
  direction = add(next, mul(div(dot(next, next), dot(rest, rest)), direction));
  rest = next;
}
console.log(`learned stencil ${reshape(step, [3])}`);
assert.ok(sum(mul(sub(step, exact), sub(step, exact))).item() < 1e-24);
