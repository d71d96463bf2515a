import { expect, test } from "vitest";
import { cpu } from "../../../src/cpu.js";
import { withoutDeadCode } from "../../../src/program/passes/dead-code.js";
import { recorder } from "../../../src/program/recorder.js";

test("what no result depends on goes, but for draws, which move their streams", () => {
  const recording = recorder(cpu());
  const { backend } = recording;
  const x = recording.input(0, 2);
  const unused = backend.scan(1, 2, 1, false, x);
  backend.scan(1, 2, 1, true, unused);
  recording.draw(0, 2, () => {});
  const used = backend.scan(1, 2, 1, true, x);
  const graph = withoutDeadCode(recording.finish([used]));
  expect(graph.nodes.map(({ kind }) => kind)).toEqual(["input", "draw", "call"]);
  expect(graph.outputs).toEqual([2]);
});
