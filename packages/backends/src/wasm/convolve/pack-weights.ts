import { type Code, i32, type Local, memory, type Operand, type Scope, sequence, set, when } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Channels, Panel } from "./channels.js";
import { type Loop, nest } from "./loops.js";

/** Where the weights of one set of taps lie once packed: for each group, each panel, each tap, each channel of it one row of the panel. */
export interface PackedWeights {
  /** From one k of a run to the next, from one segment to the next, from one panel or group to the next, and altogether. */
  readonly step: number;
  readonly segment: number;
  readonly panel: number;
  readonly group: number;
  readonly size: number;
}

export function packedWeights(
  { lanes, bytes }: Numbers,
  { kind, groups, outChannels, panels }: Channels,
  run: number,
  k: number,
): PackedWeights {
  const { vectors } = panels[0]!;
  const numPanels = panels.reduce((sum, { count }) => sum + count, 0);
  const padded = kind === "dot" ? Math.ceil(run / lanes) * lanes : run;
  const step = kind === "dot" || kind === "pixels" ? bytes : 16 * vectors;
  const panel = (k / run) * padded * step * (kind === "dot" ? outChannels : 1);
  const group = Math.ceil((panel * numPanels) / 16) * 16;
  return { step, segment: padded * step, panel, group, size: groups * group };
}

/** How weights are read: loops over the taps and then the channels of a tap, with steps in θ, and the steps from a column to the next and from a group to the next. */
export interface WeightSource {
  readonly first: number;
  readonly taps: readonly Loop[];
  readonly column: number;
  readonly group: number;
}

/** How many units `packCode` is cut into. */
export function packUnits({ groups, panels }: Channels): number {
  return groups * panels.reduce((sum, { count }) => sum + count, 0);
}

/** Packs unit `unit`: one panel of one group, from `theta` to `packed`. */
export function packCode(
  scope: Scope,
  numbers: Numbers,
  channels: Channels,
  run: number,
  layout: PackedWeights,
  source: WeightSource,
  [unit, theta, packed]: readonly [Local, Operand, Operand],
): Code {
  const { lanes, bytes } = numbers;
  const { kind, panels, outChannels } = channels;
  const [from, to] = [scope.local("i32"), scope.local("i32")];
  const numPanels = panels.reduce((sum, { count }) => sum + count, 0);
  const [group, position] = [i32.divU(unit, numPanels), i32.remU(unit, numPanels)];
  const width = panels[0]!.vectors * lanes;
  const start = sequence(
    set(from, i32.add(theta, i32.add(source.first, i32.add(i32.mul(group, source.group), i32.mul(position, width * source.column))))),
    set(to, i32.add(packed, i32.add(i32.mul(group, layout.group), i32.mul(position, layout.panel)))),
  );
  const taps = withSteps(source.taps, run, layout);
  const copy = (at: number): Code => numbers.scalar.store(to, numbers.scalar.load(from), at);
  if (kind === "dot") {
    const columns = { count: outChannels, steps: [source.column, layout.panel / outChannels] };
    return sequence(start, memory.fill(to, 0, layout.panel), nest(scope, [columns, ...taps], [from, to], copy(0)));
  }
  if (kind === "pixels") return sequence(start, nest(scope, taps, [from, to], copy(0)));
  const row = (panel: Panel): Code => {
    const columns = (panel.vectors - 1) * lanes + panel.lastLanes;
    if (source.column === bytes) {
      // Lanes past the last column are never stored, so it does not matter what they compute with.
      return Array.from({ length: panel.vectors }, (_, v) => numbers.vector.store(to, numbers.vector.load(from, 16 * v), 16 * v)).flat();
    }
    return Array.from({ length: panel.vectors * lanes }, (_, lane) =>
      lane < columns
        ? numbers.scalar.store(to, numbers.scalar.load(i32.add(from, lane * source.column)), lane * bytes)
        : numbers.scalar.store(to, 0, lane * bytes),
    ).flat();
  };
  const pack = (panel: Panel): Code => nest(scope, taps, [from, to], row(panel));
  const last = panels[1];
  return sequence(start, last ? when(i32.eq(position, numPanels - 1), pack(last), pack(panels[0]!)) : pack(panels[0]!));
}

/** The loops over k with the steps of the packed weights beside those of θ; runs are padded, their parts lie close. */
function withSteps(loops: readonly Loop[], run: number, layout: PackedWeights): readonly Loop[] {
  let inside = 1;
  return loops
    .toReversed()
    .map(({ count, steps }) => {
      const step = inside >= run ? (inside / run) * layout.segment : inside * layout.step;
      inside *= count;
      return { count, steps: [steps[0]!, step] };
    })
    .toReversed();
}
