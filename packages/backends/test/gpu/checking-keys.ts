import type { Device, Launch } from "../../src/gpu/launch.js";

/** A device that also holds launches to their word: the engine keeps kernels by key, so a key that leaves something out would run another launch's code. */
export function checkingKeys(device: Device): Device {
  const known = new Map<string, string>();
  return {
    ...device,
    run(launch) {
      // What has no entries is not run, and its code is not asked for.
      if (launch.length === 0) return device.run(launch);
      const means = meaningOf(launch);
      const before = known.get(launch.key) ?? means;
      if (before !== means) throw new Error(`"${launch.key}" is the key of two kernels:\n${before}\nand\n${means}`);
      known.set(launch.key, means);
      return device.run(launch);
    },
  };
}

/** All that a kernel is compiled from but the lengths of operands and result, which the engine adds to the key. */
function meaningOf({ body, operands, tables = {}, isIndex = false }: Launch): string {
  const lengths = Object.entries(tables).map(([name, { length }]) => `${name}[${length}]`);
  return `${operands.length} operands${isIndex ? ", gives positions" : ""}; ${lengths.join()}\n${body()}`;
}
