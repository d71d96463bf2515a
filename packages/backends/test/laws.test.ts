import { describe, expect, test } from "vitest";
import type { Backend, IndexBuffer } from "../src/backend.js";
import { cpu } from "../src/cpu.js";
import { backendLaws } from "../src/laws.js";

describe.each([cpu("float64"), cpu("float32")])("$name", (backend) => {
  test.each(backendLaws)("$name", (law) => law.check(backend));
});

const sound = cpu();
const numbers = (buffer: { readonly length: number }): Float64Array => buffer as Float64Array;
const transposes = { apply: "applyTranspose", applyTranspose: "apply", jacobianTranspose: "jacobianTranspose" } as const;

/** Each fault, the kernel it is planted in, and the law that must notice (by the start of its name). */
const faults: readonly (readonly [string, string, Partial<Backend>])[] = [
  [
    "convolve correlates",
    "convolve: any geometry",
    {
      convolve: (which, geometry, a, b) => {
        // Reversing the taps of θ, on the way in or out, turns the convolution into the correlation.
        const width = (geometry.channelsIn / geometry.groups) * geometry.channelsOut;
        const flipped = (theta: Float64Array): Float64Array => {
          const taps = Array.from({ length: theta.length / width }, (_, t) => [...theta.subarray(t * width, (t + 1) * width)]);
          return Float64Array.from(taps.reverse().flat());
        };
        if (which === "jacobianTranspose") return flipped(numbers(sound.convolve(which, geometry, a, b)));
        return sound.convolve(which, geometry, flipped(numbers(a)), b);
      },
    },
  ],
  [
    "convolve's transpose forgets a factor",
    "convolve: its three contractions",
    {
      convolve: (which, geometry, a, b) => {
        const out = numbers(sound.convolve(which, geometry, a, b));
        return which === "applyTranspose" ? out.map((value) => 2 * value) : out;
      },
    },
  ],
  [
    "scatterAdd overwrites",
    "scatterAdd: adds",
    {
      scatterAdd: ({ outer, size, inner, count }, input, index) => {
        const out = new Float64Array(outer * size * inner);
        const positions = Array.from({ length: count }, (_, k) => (index as IndexBuffer & { positions: Int32Array }).positions[k]!);
        for (let o = 0; o < outer; o++) {
          positions.forEach((position, k) => {
            for (let i = 0; i < inner; i++)
              if (position >= 0) out[(o * size + position) * inner + i] = numbers(input)[(o * count + k) * inner + i]!;
          });
        }
        return out;
      },
    },
  ],
  [
    "the inverse fft is unscaled",
    "fft: the inverse",
    {
      fft: (shape, axes, inverse, input) => {
        const out = numbers(sound.fft(shape, axes, inverse, input));
        const scale = inverse ? axes.reduce((product, axis) => product * shape[axis]!, 1) : 1;
        return out.map((value) => scale * value);
      },
    },
  ],
  [
    "the fft has the other sign",
    "fft: the definition",
    {
      fft: (shape, axes, inverse, input) => {
        const scale = axes.reduce((product, axis) => product * shape[axis]!, 1);
        return numbers(sound.fft(shape, axes, !inverse, input)).map((value) => (inverse ? value / scale : value * scale));
      },
    },
  ],
  [
    "the real fft takes the negative frequencies",
    "realFft: half",
    {
      fused: {
        mapReduce: (kind, f, shape, axes, inputs) => sound.reduce(kind, shape, axes, sound.map(f, shape, inputs)),
        mapArgmaxWindows: (geometry, f, inputs) => sound.argmaxWindows(geometry, sound.map(f, geometry.grid, inputs)),
        realFft(shape, axes, inverse, input) {
          const half = shape.with(axes.at(-1)!, Math.floor(shape[axes.at(-1)!]! / 2) + 1);
          const [full, kept] = [shape, half].map((sizes) => sizes.reduce((product, size) => product * size, 1)) as [number, number];
          if (inverse) return new Float64Array(full);
          const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
          const planes = Float64Array.from({ length: 2 * full }, (_, i) => numbers(input)[i] ?? 0);
          const whole = sound.fft(shape, axes, true, planes);
          const view = { buffer: whole, offset: 0, strides: [full, ...strides] };
          return numbers(sound.map({ kind: "input", index: 0 }, [2, ...half], [view])).subarray(0, 2 * kept);
        },
        realFilter: (_shape, _axes, _conjugate, input) => numbers(input).slice(),
      },
    },
  ],
  [
    "the real filter forgets the filter",
    "realFilter: a product",
    {
      fused: {
        mapReduce: (kind, f, shape, axes, inputs) => sound.reduce(kind, shape, axes, sound.map(f, shape, inputs)),
        mapArgmaxWindows: (geometry, f, inputs) => sound.argmaxWindows(geometry, sound.map(f, geometry.grid, inputs)),
        realFft: (shape, _axes, _inverse, input) =>
          sound.map({ kind: "input", index: 0 }, shape, [{ buffer: input, offset: 0, strides: [1] }]),
        realFilter: (_shape, _axes, _conjugate, input) => numbers(input).slice(),
      },
    },
  ],
  [
    "reduce runs over the first axes",
    "reduce: sum",
    {
      reduce: (kind, shape, axes, input) =>
        sound.reduce(
          kind,
          shape,
          axes.map((_, i) => i),
          input,
        ),
    },
  ],
  [
    "map changes its input",
    "map: reads through any view",
    {
      map: (f, shape, views) => {
        const out = sound.map(f, shape, views);
        for (const view of views) if (view.buffer.length > 0) numbers(view.buffer)[0]! += 1;
        return out;
      },
    },
  ],
  [
    "map ignores flips",
    "map: reads through any view",
    {
      map: (f, shape, views) =>
        sound.map(
          f,
          shape,
          views.map((view) => {
            const low = view.strides.reduce((sum, stride, a) => sum + Math.min(0, stride * (shape[a]! - 1)), view.offset);
            return { ...view, offset: Math.max(0, low), strides: view.strides.map(Math.abs) };
          }),
        ),
    },
  ],
  [
    "gather takes −1 for 0",
    "gather: reads",
    {
      gather: (layout, input, index) => {
        const positions = (index as IndexBuffer & { positions: Int32Array }).positions;
        return layout.size === 0
          ? sound.gather(layout, input, index)
          : sound.gather(layout, input, sound.uploadIndex(positions.map((p) => Math.max(0, p))));
      },
    },
  ],
  [
    "argmax takes the last maximum",
    "reduce: argmax",
    {
      reduce: (kind, shape, axes, input) => {
        if (kind !== "argmax") return sound.reduce(kind, shape, axes, input);
        const [axis, size] = [axes[0]!, shape[axes[0]!]!];
        const strides = shape.map((_, a) => shape.slice(a + 1).reduce((product, length) => product * length, 1));
        const flipped = { buffer: input, offset: (size - 1) * strides[axis]!, strides: strides.map((s, a) => (a === axis ? -s : s)) };
        const reversed = sound.map({ kind: "input", index: 0 }, shape, [flipped]);
        return numbers(sound.reduce(kind, shape, axes, reversed)).map((k) => size - 1 - k);
      },
    },
  ],
  [
    "sparse is transposed",
    "sparse: any pattern",
    {
      // Only square matrices, so that every length stays right.
      sparse: (which, pattern, ...rest) => sound.sparse(pattern.numRows === pattern.numCols ? transposes[which] : which, pattern, ...rest),
    },
  ],
  [
    "place overwrites",
    "place: parts",
    {
      place: (shape, parts) => {
        const length = shape.reduce((product, size) => product * size, 1);
        return parts.reduce<Float64Array>((out, part) => {
          const alone = numbers(sound.place(shape, [part]));
          return out.map((value, i) => (alone[i] === 0 ? value : alone[i]!));
        }, new Float64Array(length));
      },
    },
  ],
  [
    "scan is exclusive",
    "scan:",
    {
      scan: (outer, size, inner, reverse, input) =>
        numbers(sound.scan(outer, size, inner, reverse, input)).map((sum, i) => sum - numbers(input)[i]!),
    },
  ],
  [
    "contract takes a transposed",
    "contract: its three contractions",
    {
      contract: (sizes, a, b) =>
        sizes.m === sizes.k
          ? sound.contract(sizes, { ...a, strides: a.strides.toSpliced(-2, 2, a.strides.at(-1)!, a.strides.at(-2)!) }, b)
          : sound.contract(sizes, a, b),
    },
  ],
  [
    "argmaxWindows counts from the window before",
    "argmaxWindows:",
    {
      argmaxWindows: (geometry, input) =>
        sound.argmaxWindows(
          geometry,
          numbers(input).map((value) => -value),
        ),
    },
  ],
  [
    "upload keeps the caller's array",
    "buffers: upload",
    { upload: (values) => (values instanceof Float64Array ? values : sound.upload(values)) },
  ],
];

describe("planted faults are noticed", () => {
  test.each(faults)("%s", async (_, prefix, fault) => {
    const law = backendLaws.find(({ name }) => name.startsWith(prefix))!;
    await expect(law.check({ ...sound, ...fault }, { seed: 11 })).rejects.toThrow(/ must (be|have|agree) /);
  });

  test("the report names kernel, shape and seed", async () => {
    const broken: Backend = {
      ...sound,
      reduce: (kind, shape, axes, input) => numbers(sound.reduce(kind, shape, axes, input)).map((x) => x + 1),
    };
    const law = backendLaws.find(({ name }) => name.startsWith("reduce: sum"))!;
    await expect(law.check(broken, { seed: 5 })).rejects.toThrow(
      /law "reduce: sum over any axes" fails on cpu-float64: reduce sum of \[.*\] over \[.*\][\s\S]*seed: 5/,
    );
  });

  test("a law draws the same cases from the same seed", async () => {
    const seen: string[][] = [[], []];
    const law = backendLaws.find(({ name }) => name.startsWith("scan"))!;
    for (const drawn of seen) {
      const scan: Backend["scan"] = (...args) => {
        drawn.push(args.slice(0, 4).join());
        return sound.scan(...args);
      };
      await law.check({ ...sound, scan }, { seed: 3, numRuns: 7 });
    }
    expect(seen[0]!.length).toBe(14);
    expect(seen[0]).toEqual(seen[1]);
  });
});
