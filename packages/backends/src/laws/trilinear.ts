import type { Backend, Buffer, Contraction } from "../backend.js";
import { dot, norm } from "./agree.js";
import { stored } from "./values.js";

/**
 * ⟨z, K(θ)y⟩ = ⟨K(θ)ᵀz, y⟩ = ⟨Qᵀvec(zyᵀ), θ⟩ to rounding. Errors are scaled by ‖K y‖‖z‖, never by the inner product, which can vanish;
 * `terms` is the number of products in the sum.
 */
export async function verifyTrilinear(
  backend: Backend,
  what: string,
  terms: number,
  [theta, y, z]: readonly [readonly number[], readonly number[], readonly number[]],
  contraction: (which: Contraction, a: Buffer, b: Buffer) => Buffer,
): Promise<void> {
  const numbers = [theta, y, z].map((input) => stored(backend, input)) as [number[], number[], number[]];
  const [t, u, v] = numbers.map((input) => backend.upload(input)) as [Buffer, Buffer, Buffer];
  const ky = await backend.read(contraction("apply", t, u));
  const first = dot(ky, numbers[2]);
  const others = {
    applyTranspose: dot(await backend.read(contraction("applyTranspose", t, v)), numbers[1]),
    jacobianTranspose: dot(await backend.read(contraction("jacobianTranspose", u, v)), numbers[0]),
  };
  // Each product of three numbers below 1 is rounded a few times; ‖Ky‖‖z‖ may itself be far below their number.
  const allowed = 8 * backend.epsilon * (norm(ky) * norm(z) + terms);
  for (const [name, value] of Object.entries(others)) {
    if (!(Math.abs(value - first) <= allowed)) {
      throw new Error(`${what}: ${name} gives ⟨z, K(θ)y⟩ = ${value}, apply gives ${first}; they must agree within ${allowed}`);
    }
  }
}
