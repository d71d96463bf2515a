import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resumeCommand } from "../../src/cli/resume-command.js";

describe("resumeCommand", () => {
  test("has every option that was given, and --resume once", () => {
    const args = ["--data", "mnist", "--lambda=1e-3", "--resume", "--out", "my runs/it's", "--json"];
    expect(resumeCommand(args, "start")).toBe("npm start -- --data mnist --lambda=1e-3 --out 'my runs/it'\\''s' --json --resume");
    expect(resumeCommand([], "paramat")).toBe("npm run paramat -- train --resume");
    expect(resumeCommand([], "npx")).toBe("npx paramat train --resume");
    expect(resumeCommand([], undefined)).toBe("paramat train --resume");
  });

  test.skipIf(process.platform === "win32")("is read by a shell as the same options", () => {
    const argument = fc.string({ unit: fc.constantFrom(..."ab '\"$`\\!*?~#&|;<>()[]{}=\t\n-é"), maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(
          argument.filter((arg) => arg !== "--"),
          { maxLength: 4 },
        ),
        (args) => {
          const [, ...rest] = resumeCommand(args, undefined).split("paramat train");
          const read = execFileSync("sh", ["-c", `printf '%s\\0' ${rest.join("paramat train")}`], { encoding: "utf8" });
          expect(read.split("\0").slice(0, -1)).toEqual([...args, "--resume"]);
        },
      ),
      { numRuns: 30 },
    );
  });
});
