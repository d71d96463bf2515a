import type { Buffer } from "../../src/backend.js";
import { advance, f64, forRange, i32, set, wasmModule } from "../../src/wasm/encoder/index.js";
import type { Launch } from "../../src/wasm/kernel.js";

/** out[i] = factor·input[i] in float64, factor from the kernel's tables; a unit is one entry. */
export function scaled(input: Buffer, length: number, factor: number, cost = 1): Launch {
  return {
    key: `scaled ${length} ${factor} ${cost}`,
    make: () => {
      const module = wasmModule();
      module.entry("scale", 7, ([from, out, tables, , , first, last], { local }) => {
        const [i, at] = [local("i32"), local("i32")];
        return forRange(i, first!, last!, 1, [
          ...set(at, i32.shl(i, 3)),
          ...f64.store(i32.add(out!, at), f64.mul(f64.load(tables!), f64.load(i32.add(from!, at)))),
        ]);
      });
      const tables = new Uint8Array(new Float64Array([factor]).buffer);
      return { module, phases: [{ entry: "scale", units: length, cost }], tables, sharedBytes: 0, ownBytes: 0 };
    },
    operands: [{ buffer: input, offset: 0 }],
    length,
  };
}

/** out[0] = Σ input[i]: each thread sums its units into its own scratch, then one unit adds these up. The order of additions, and so the result, depends on `parts`. */
export function summed(input: Buffer, length: number, parts: number, cost = 1): Launch {
  return {
    key: `summed ${length} ${cost}`,
    make: () => {
      const module = wasmModule();
      module.entry("part", 7, ([from, , , , own, first, last], { local }) => {
        const [i, sum] = [local("i32"), local("f64")];
        return [
          ...set(sum, 0),
          ...forRange(i, first!, last!, 1, set(sum, f64.add(sum, f64.load(i32.add(from!, i32.shl(i, 3)))))),
          ...f64.store(own!, sum),
        ];
      });
      module.entry("total", 7, ([, out, , scratch], { local }) => {
        const [t, sum, at] = [local("i32"), local("f64"), local("i32")];
        return [
          ...set(at, scratch!),
          ...forRange(t, 0, parts, 1, [...set(sum, f64.add(sum, f64.load(at, 64))), ...advance(at, 64)]),
          ...f64.store(out!, sum),
        ];
      });
      const phases = [
        { entry: "part", units: length, cost, perThread: true },
        { entry: "total", units: 1, cost: 10 },
      ];
      return { module, phases, sharedBytes: 64, ownBytes: 64 };
    },
    operands: [{ buffer: input, offset: 0 }],
    length: 1,
  };
}

/** out[i] = integers[i] as numbers. */
export function fromIntegers(integers: Int32Array): Launch {
  return {
    key: `from integers ${integers.length}`,
    make: () => {
      const module = wasmModule();
      module.entry("convert", 7, ([from, out, , , , first, last], { local }) => {
        const i = local("i32");
        return forRange(
          i,
          first!,
          last!,
          1,
          f64.store(i32.add(out!, i32.shl(i, 3)), f64.convertI32S(i32.load(i32.add(from!, i32.shl(i, 2))))),
        );
      });
      return { module, phases: [{ entry: "convert", units: integers.length, cost: 1 }], sharedBytes: 0, ownBytes: 0 };
    },
    operands: [{ integers }],
    length: integers.length,
  };
}

/** A kernel that traps in the unit given, by writing outside of the memory. */
export function trapping(input: Buffer, units: number, at: number): Launch {
  return {
    key: `trapping ${units} ${at}`,
    make: () => {
      const module = wasmModule();
      module.entry("trap", 7, ([, , , , , first, last], { local }) => {
        const i = local("i32");
        return forRange(i, first!, last!, 1, f64.store(i32.mul(i32.eq(i, at), -8), 0));
      });
      return { module, phases: [{ entry: "trap", units, cost: 1e6 }], sharedBytes: 0, ownBytes: 0 };
    },
    operands: [{ buffer: input, offset: 0 }],
    length: 1,
  };
}
