import { cpu } from "@paramat/backends";
import {
  add,
  customDerivative,
  div,
  flip,
  mean,
  mul,
  ndarray,
  relu,
  reshape,
  rng,
  roll,
  slice,
  square,
  sub,
  sum,
  type Value,
} from "@paramat/core";
import { convolution, fromEntries, mMatrix, type Parameterization } from "../../../src/index.js";
import type { ConformanceOptions } from "../../../src/laws.js";
import { causal, ring, ringMatrix, stacked } from "./right-kernels.js";

/** A plug-in with one mistake. Made anew for each check, since some keep state. */
export interface Fault {
  readonly fault: string;
  readonly make: () => Parameterization;
  /** The laws that must name it. */
  readonly caughtBy: readonly string[];
  /** What the report must say of it. */
  readonly says: string;
  readonly options?: ConformanceOptions;
}

const backend = cpu("float64");
const trilinear = "⟨z, Ky⟩ = ⟨Kᵀz, y⟩ = ⟨Qᵀ, θ⟩";
const mirrored = (y: Value) => flip(y, 1);

export const faults: readonly Fault[] = [
  {
    fault: "a dropped sign in the gradient",
    make: () => ({ ...ring, jacobianTranspose: (y, z) => mul(ndarray(backend, [1, -1, 1]), ring.jacobianTranspose(y, z)) }),
    caughtBy: [trilinear],
    says: "jacobianTranspose",
  },
  {
    fault: "a forgotten Qᵀ: the products of the first row only",
    make: () => ({
      ...ring,
      jacobianTranspose: (y, z) => stacked([y, roll(y, 1, 1), roll(y, -1, 1)].map((moved) => sum(slice(mul(moved, z), 1, 0, 1)))),
    }),
    caughtBy: [trilinear],
    says: "jacobianTranspose",
  },
  {
    fault: "correlation for convolution, all three contractions alike",
    make: () => ({
      ...ring,
      apply: (theta, y) => ring.applyTranspose(theta, y),
      applyTranspose: (theta, z) => ring.apply(theta, z),
      jacobianTranspose: (y, z) => ring.jacobianTranspose(z, y),
    }),
    options: { matrix: ringMatrix },
    caughtBy: ["the matrix, naively"],
    says: "entry (",
  },
  {
    fault: "correlation for convolution, seen by the tag",
    make: () => ({
      ...causal,
      apply: (theta, y) => causal.applyTranspose(theta, y),
      applyTranspose: (theta, z) => causal.apply(theta, z),
      jacobianTranspose: (y, z) => causal.jacobianTranspose(z, y),
    }),
    caughtBy: ["tags"],
    says: "lowerTriangular",
  },
  {
    fault: "the transpose of another boundary",
    make: () => {
      const [reflect, zero] = (["reflect", "zero"] as const).map((boundary) => convolution([6, 1], { channels: 1, kernel: 3, boundary }));
      return { ...(reflect as Parameterization), applyTranspose: (zero as Parameterization).applyTranspose };
    },
    caughtBy: [trilinear],
    says: "applyTranspose",
  },
  {
    fault: "θ squared",
    make: () => ({ ...ring, apply: (theta, y) => ring.apply(square(theta), y) }),
    caughtBy: ["linear in θ"],
    says: "K(θ + θ′)y",
  },
  {
    fault: "only positive θ counted",
    make: () => ({ ...ring, apply: (theta, y) => ring.apply(relu(theta), y) }),
    caughtBy: ["linear in θ"],
    says: "K(−2θ)y",
  },
  {
    fault: "an activation inside",
    make: () => ({ ...ring, apply: (theta, y) => relu(ring.apply(theta, y)) }),
    caughtBy: ["linear in y"],
    says: "K(y + y′)",
  },
  {
    fault: "a bias inside",
    make: () => ({ ...ring, apply: (theta, y) => add(ring.apply(theta, y), 1) }),
    caughtBy: ["linear in θ", "linear in y"],
    says: "K(y + y′)",
  },
  {
    fault: "symmetric claimed of what is not",
    make: () => ({ ...ring, tags: ["symmetric"] }),
    caughtBy: ["tags"],
    says: "symmetric",
  },
  {
    fault: "circulant claimed of a zero boundary",
    make: () => ({ ...causal, tags: ["circulant"] }),
    caughtBy: ["tags"],
    says: "circulant",
  },
  {
    fault: "y overwritten",
    make: () => ({
      ...ring,
      apply(theta, y) {
        const z = ring.apply(theta, y);
        (y.array.buffer as unknown as Float64Array).set(z.toArray());
        return z;
      },
    }),
    caughtBy: ["no state, inputs unchanged"],
    says: "apply leaves y as it was",
  },
  {
    fault: "the first θ remembered",
    make: () => {
      const remembered: Value[] = [];
      return {
        ...ring,
        apply(theta, y) {
          remembered.push(theta.array);
          return ring.apply(remembered[0] as Value, y);
        },
      };
    },
    caughtBy: ["linear in θ"],
    says: "an earlier one is remembered",
  },
  {
    fault: "θ detached from its tape",
    make: () => ({ ...ring, apply: (theta, y) => ring.apply(theta.array, y) }),
    caughtBy: ["derivatives, order 1 and 2", "Taylor orders"],
    says: "broken for apply",
  },
  {
    fault: "a derivative that is right once only",
    make: () => {
      const detached = customDerivative({
        name: "detached",
        f: (theta, y) => ring.apply(theta as Value, y as Value),
        vjp: ([theta, y], ct) => [ring.jacobianTranspose((y as Value).array, ct), ring.applyTranspose((theta as Value).array, ct)],
      });
      return { ...ring, apply: (theta, y) => detached(theta, y) };
    },
    caughtBy: ["second order"],
    says: "H",
  },
  {
    fault: "the mean of the batch taken off",
    make: () => ({ ...ring, apply: (theta, y) => ring.apply(theta, y.shape[0] === 0 ? y : sub(y, mean(y, { axes: 0, keepAxes: true }))) }),
    caughtBy: ["examples do not mix"],
    says: "K of two examples",
  },
  {
    fault: "the gradient averaged over the examples, not summed",
    make: () => ({ ...ring, jacobianTranspose: (y, z) => div(ring.jacobianTranspose(y, z), Math.max(1, y.shape[0] as number)) }),
    caughtBy: ["examples do not mix", trilinear],
    says: "jacobianTranspose of two examples is the sum",
  },
  {
    fault: "one parameter miscounted",
    make: () => ({ ...ring, numParams: 5 }),
    caughtBy: ["shapes"],
    says: "numParams is 5, θ [3] has 3 entries",
  },
  {
    fault: "inShape and outShape exchanged",
    make: () => ({ ...convolution([4, 2], { channels: 3, kernel: 3 }), inShape: [4, 3], outShape: [4, 2] }),
    caughtBy: ["shapes"],
    says: "apply of 3 examples throws ShapeError",
  },
  {
    fault: "made for three examples",
    make: () => ({ ...ring, apply: (theta, y) => reshape(ring.apply(theta, y), [3, 5]) }),
    caughtBy: ["shapes"],
    says: "apply of 1 example throws",
  },
  {
    fault: "noise",
    make: () => {
      const stream = rng(7);
      return { ...ring, apply: (theta, y) => mul(ring.apply(theta, y), 1 + 1e-6 * stream.normal()) };
    },
    caughtBy: ["no state, inputs unchanged"],
    says: "apply gives the same when run again",
  },
  {
    fault: "overflow in float32",
    make: () => ({ ...ring, apply: (theta, y) => div(ring.apply(mul(theta, 1e30), mul(y, 1e30)), 1e60) }),
    options: { float32: cpu("float32") },
    caughtBy: ["float32"],
    says: "expected",
  },
  {
    fault: "eigenvalues of the transpose",
    make: () => {
      const periodic = convolution([5, 1], { channels: 1, kernel: 3, boundary: "periodic" });
      const form = periodic.blockForm as NonNullable<typeof periodic.blockForm>;
      return { ...periodic, blockForm: { ...form, blocks: (theta) => form.blocks(flip(theta, 0)) } };
    },
    caughtBy: ["block form"],
    says: "U* B V y",
  },
  {
    fault: "entries that are not those of apply",
    make: () => {
      const stated = fromEntries({ rows: 2, cols: 2, numParams: 1, entries: [[0, 1, [[0, 1]]]] });
      const used = fromEntries({ rows: 2, cols: 2, numParams: 1, entries: [[1, 0, [[0, 1]]]] });
      return { ...used, entries: () => stated.entries() };
    },
    caughtBy: ["entries"],
    says: "entry (",
  },
  {
    fault: "an init that breaks the constraint",
    make: () => ({ ...mMatrix(3), init: (_, on) => ndarray(on, [1, -1, 1, 1, 1, 1]) }),
    caughtBy: ["constraint"],
    says: "init does not meet θ ≥ 0",
  },
  {
    fault: "an init on the edge of the constraint",
    make: () => ({ ...mMatrix(3), init: (_, on) => ndarray(on, [1, 0, 1, 1, 1, 1]) }),
    caughtBy: ["constraint"],
    says: "init lies on the edge of θ ≥ 0",
  },
  {
    fault: "a transpose that reads z backwards",
    make: () => ({ ...ring, applyTranspose: (theta, z) => ring.applyTranspose(theta, mirrored(z)) }),
    caughtBy: [trilinear],
    says: "applyTranspose",
  },
];
