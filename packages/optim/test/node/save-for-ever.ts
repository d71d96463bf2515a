import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { saveCheckpoint } from "../../src/node/file-store.js";
import { someCheckpoint } from "../checkpoints/some-checkpoint.js";

// Saves to the file that is named on the command line until it is killed: at save number n every parameter is n.
const file = process.argv[2] as string;
const backend = cpu("float64");
for (let n = 0; ; n++) {
  const params = ndarray(backend, new Float64Array(20_000).fill(n));
  await saveCheckpoint(file, { ...someCheckpoint(backend), params });
  if (n === 0) process.stdout.write("saving\n");
}
