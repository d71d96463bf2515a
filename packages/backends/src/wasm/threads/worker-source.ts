import { slot, slotState, spins } from "./slot.js";

/**
 * The program of a worker: plain JavaScript in a string, since a file of its own would have to be found by every bundler, and a function's text does not
 * survive them. It defines `listen({ memory, control, at })`, which never returns: it waits for commands in the slot that begins at `at`, and sleeps when
 * none comes for a while.
 */
export const workerSource: string = `"use strict";
const call = (f, c, a, n) => {
  switch (n) {
${Array.from({ length: 13 }, (_, i) => `    case ${i + 4}: return f(${Array.from({ length: i + 4 }, (__, k) => `c[a + ${k}]`).join(", ")});`).join("\n")}
    default: return f(...c.subarray(a, a + n));
  }
};
const listen = ({ memory, control: c, at }) => {
  const modules = [];
  const work = () => {
    const id = c[at + ${slot.module}];
    const length = c[at + ${slot.binaryLength}];
    if (length > 0) {
      const from = c[at + ${slot.binary}] >>> 0;
      if (memory.buffer.byteLength < from + length) memory.grow(0);
      const binary = new Uint8Array(memory.buffer).slice(from, from + length);
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory }, math: Math });
      modules[id] = Object.values(exports);
    }
    call(modules[id][c[at + ${slot.entry}]], c, at + ${slot.args}, c[at + ${slot.numArgs}]);
  };
  Atomics.store(c, at + ${slot.listening}, 1);
  for (;;) {
    let state = Atomics.load(c, at);
    for (let i = 0; i < ${spins} && state !== ${slotState.posted}; i++) state = Atomics.load(c, at);
    if (state !== ${slotState.posted}) {
      Atomics.wait(c, at, state);
      continue;
    }
    if (Atomics.compareExchange(c, at, ${slotState.posted}, ${slotState.claimed}) !== ${slotState.posted}) continue;
    let end = ${slotState.done};
    try {
      work();
    } catch {
      end = ${slotState.failed};
    }
    Atomics.store(c, at, end);
    Atomics.notify(c, at);
  }
};
`;
