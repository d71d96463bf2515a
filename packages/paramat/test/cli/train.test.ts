import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpu } from "@paramat/backends";
import { loadCheckpoint } from "@paramat/optim/node";
import { afterAll, describe, expect, test } from "vitest";
import { run } from "./run.js";

const folder = mkdtempSync(join(tmpdir(), "paramat-train-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lastLine = (text: string) => text.trimEnd().split("\n").at(-1) as string;
const withoutNpm = (text: string) => text.replace(/^.*npm warn.*$/gm, "").trim();
const quick = ["--no-plots", "--no-table"];
const small = ["train", "--train", "400", "--batch", "32", "--no-table"];

describe("paramat train", () => {
  test("learns digits, prints the confusion matrix, writes pictures, and ends in one JSON object", async () => {
    const out = join(folder, "small");
    const { code, out: text, err } = await run([...small, "--epochs", "3", "--out", out, "--json"]);
    expect(withoutNpm(err)).toBe("");
    expect(code).toBe(0);
    const result = JSON.parse(lastLine(text)) as Record<string, unknown>;
    expect(Object.keys(result)).toEqual(["data", "backend", "parameters", "testAccuracy", "seconds"]);
    expect(result).toMatchObject({ data: "digits", backend: "wasm-float32", parameters: 5994 });
    // Guessing gives 0.1.
    expect(result.testAccuracy).toBeGreaterThan(0.3);
    expect(text).toContain("conv1     [16, 16, 8]         208");
    expect(text).toMatch(/epoch 3\/3/);
    const rows = text.split("\n").filter((line) => /^ +\d │/.test(line));
    const counted = rows
      .flatMap((line) => (line.split("│")[1] as string).trim().split(/ +/))
      .reduce((n, cell) => n + (cell === "·" ? 0 : Number(cell)), 0);
    expect(rows).toHaveLength(10);
    expect(counted).toBe(1000);
    for (const name of ["digits-loss.svg", "digits-conv1-stencils.svg", "digits-conv2-stencils.svg"]) {
      expect(text).toContain(join(out, name));
      expect(readFileSync(join(out, name), "utf8")).toMatch(/^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    }
  });

  test("interrupted and resumed it ends with the same numbers as in one go", async () => {
    const args = (out: string) => [...small, "--epochs", "4", "--no-plots", "--json", "--out", join(folder, out)];
    const straight = await run(args("straight"));
    const interrupted = await run(args("broken"), {
      env: { npm_lifecycle_event: "start" },
      when: { text: "epoch 2/4", act: (child) => child.kill("SIGINT") },
    });
    expect(interrupted.code).toBe(130);
    const command = `npm start -- ${args("broken").slice(1).join(" ")} --resume`;
    expect(interrupted.out).toContain(`Go on with: ${command}\n`);
    const ended = JSON.parse(lastLine(interrupted.out)) as Record<string, unknown>;
    expect(Object.keys(ended)).toEqual(["data", "backend", "parameters", "testAccuracy", "seconds", "interrupted"]);
    expect(ended).toMatchObject({ data: "digits", parameters: 5994, testAccuracy: null, interrupted: true });
    const resumed = await run(["train", ...command.split(" ").slice(3)]);
    expect(resumed.code).toBe(0);
    const accuracy = (text: string) => (JSON.parse(lastLine(text)) as { testAccuracy: number }).testAccuracy;
    expect(accuracy(resumed.out)).toBe(accuracy(straight.out));
    const epochLosses = (text: string) => text.match(/epoch 4\/4 +loss [\d.e-]+ +validation [\d.e-]+/)?.[0];
    expect(epochLosses(resumed.out)).toBe(epochLosses(straight.out));
    expect(epochLosses(straight.out)).toBeDefined();
  });

  test("resumes with the options that the run was made with, and refuses others", async () => {
    const out = join(folder, "kept");
    const made = ["--train", "100", "--batch", "25", "--seed", "7", "--lambda", "1e-3", "--learning-rate", "0.01"];
    const first = await run(["train", ...made, ...quick, "--epochs", "1", "--json", "--out", out]);
    expect(first.code).toBe(0);
    const refused = await run(["train", "--resume", "--out", out, ...quick, "--seed", "8", "--train", "90", "--epochs", "1"]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(
      `DataError: train --resume: ${join(out, "digits.checkpoint")} was written with --train 100 --seed 7 and this command gives --train 90 --seed 8; ` +
        "leave --train and --seed out, or train anew without --resume",
    );
    expect(refused.out).toBe("");
    const again = await run(["train", "--resume", "--out", out, ...quick, "--json"]);
    expect(again.code).toBe(0);
    expect(again.out).toContain("90 examples to train on, 10 held out, 1000 to test on; wasm-float32, 1 thread");
    expect(again.out).toContain("after 1 epochs and 0 batches (4 updates)");
    const accuracy = (text: string) => (JSON.parse(lastLine(text)) as { testAccuracy: number }).testAccuracy;
    expect(accuracy(again.out)).toBe(accuracy(first.out));
    const longer = await run(["train", "--resume", "--out", out, ...quick, "--epochs", "2", "--seed", "7"]);
    expect(longer.code).toBe(0);
    expect(longer.out).toContain("2 epochs where 1 were planned: the learning rate follows the longer plan from here on");
    expect(longer.out).toContain("epoch 2/2");
  });

  test("trains by a minimizer, which Ctrl-C stops and --resume goes on with", async () => {
    const args = ["train", "--train", "120", "--minimizer", "lbfgs", ...quick, "--json", "--out", join(folder, "lbfgs")];
    const first = await run([...args, "--epochs", "40"], { when: { text: "iteration  3/40", act: (child) => child.kill("SIGINT") } });
    expect(first.code).toBe(130);
    expect(first.out).toMatch(/interrupted after iteration \d+; saved in .*digits\.checkpoint/);
    expect(first.out).toContain(`Go on with: paramat ${args.join(" ")} --epochs 40 --resume\n`);
    const done = Number(/interrupted after iteration (\d+)/.exec(first.out)?.[1]);
    const second = await run([...args.slice(0, 3), ...args.slice(5), "--resume"]);
    expect(second.code).toBe(0);
    expect(second.out).toContain(`after ${done} iterations`);
    expect(second.out).toContain(`iteration ${String(done + 1).padStart(2)}/40  loss`);
    expect((JSON.parse(lastLine(second.out)) as { testAccuracy: number }).testAccuracy).toBeGreaterThan(0.3);
  });

  test("says that the end was not saved, and fails", async () => {
    const out = join(folder, "lost");
    const args = ["train", "--train", "200", "--epochs", "9", ...quick, "--out", out];
    // Without its folder no checkpoint can be written.
    const { code, out: text } = await run(args, { when: { text: "epoch 1/9", act: () => renameSync(out, `${out}-gone`) } });
    expect(code).toBe(1);
    expect(text).toContain(`not saved: ${join(out, "digits.checkpoint")}: ENOENT`);
    expect(text).not.toMatch(/^checkpoint: /m);
    const complaints = text.split("\n").filter((line) => line.startsWith("could not save"));
    const epochsAfter = text.split("\n").filter((line) => /^epoch \d/.test(line)).length;
    expect(complaints.length).toBeGreaterThan(0);
    expect(complaints.length).toBeLessThanOrEqual(epochsAfter);
  });

  test("ends quietly, with everything saved, when nobody reads its output any more", async () => {
    const out = join(folder, "unread");
    const args = ["train", "--train", "200", "--epochs", "99", ...quick, "--out", out];
    const { code, err } = await run(args, { when: { text: "epoch  1/99", act: (child) => child.stdout.destroy() } });
    expect(withoutNpm(err)).toBe("");
    expect(code).toBe(141);
    const kept = await loadCheckpoint(join(out, "digits.checkpoint"), cpu("float64"));
    expect(kept.step).toBeGreaterThan(0);
    expect(kept.meta).toMatchObject({ data: "digits", train: 200, epochs: 99 });
    const help = await run(["train", "--help"], { when: { text: "NAME", act: (child) => child.stdout.destroy() } });
    expect(withoutNpm(help.err)).toBe("");
  });

  test("trains on two examples, for one epoch, without a word on stderr", async () => {
    const { code, err } = await run(["train", "--train", "2", "--epochs", "1", "--no-table", "--out", join(folder, "two")]);
    expect(withoutNpm(err)).toBe("");
    expect(code).toBe(0);
  });

  test("refuses a file as its folder before it loads data", async () => {
    const { code, out: text, err } = await run(["train", "--out", "README.md"]);
    expect([code, text]).toEqual([1, ""]);
    expect(err).toMatch(/DataError: train: cannot write to --out README\.md: .*README\.md is a file; give a folder that can be written to/);
  });

  test.each([
    [["--train", "1"], "--train is 1; it must be a whole number ≥ 2, since one example at least is held out"],
    [["--out", ""], "--out is empty; it must name a folder"],
    [["--data", "cifar"], "--data is cifar; it must be one of digits, mnist, fashion-mnist, optdigits"],
    [["--epochs", "0"], "--epochs is 0; it must be a whole number ≥ 1"],
    [["--lambda=-1"], "--lambda is -1; it must be a number ≥ 0"],
    [["--backend", "gpu"], "--backend is gpu; it must be one of wasm, wasm-float64, cpu-float32, cpu-float64, gpu-headlessgl"],
    [["--minimizer", "adam"], "--minimizer is adam; it must be one of lbfgs, newton-cg"],
    [["--minimizer", "lbfgs", "--learning-rate", "1"], "--learning-rate is 1 and lbfgs finds its steps itself; leave one of the two out"],
    [["--speed"], "Unknown option '--speed'"],
  ])("refuses %j with exit code 2", async (args, message) => {
    const { code, err } = await run(["train", ...args]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  // Whoever has built the package gl has a GPU backend in Node.
  test.skipIf(existsSync("node_modules/gl/build"))("says what is missing for a GPU, and goes on with nothing else", async () => {
    const { code, err, out } = await run(["train", "--backend", "gpu-headlessgl", "--out", join(folder, "gpu")]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("BackendError: gpu: the mode headlessgl cannot be used: the package gl (headless-gl) cannot be loaded");
    expect(err).toContain("wasm() and cpu() need no GPU");
  });

  test("says what is missing when a data set is not there", async () => {
    const { code, err } = await run(["train", "--data", "mnist", "--no-download", "--out", join(folder, "none")], {
      env: { PARAMAT_DATA: join(folder, "empty"), XDG_CACHE_HOME: join(folder, "cache") },
    });
    expect(code).toBe(1);
    expect(err).toMatch(/^DataError: .*train-images-idx3-ubyte\.gz/);
    expect(err).toContain("PARAMAT_DATA");
  });

  const optdigits = process.env.PARAMAT_DATA !== undefined && existsSync(join(process.env.PARAMAT_DATA, "optdigits"));
  test.skipIf(!optdigits)("reaches 97 % on optdigits (needs PARAMAT_DATA)", { timeout: 300_000 }, async () => {
    const { code, out: text } = await run(["train", "--data", "optdigits", "--no-plots", "--json", "--out", join(folder, "optdigits")]);
    expect(code).toBe(0);
    expect((JSON.parse(lastLine(text)) as { testAccuracy: number }).testAccuracy).toBeGreaterThanOrEqual(0.97);
  });
});

describe("paramat", () => {
  test("prints its version and its usage", async () => {
    const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
    expect((await run(["--version"])).out.trim()).toBe(manifest.version);
    expect((await run(["--help"])).out).toContain("paramat train [options]");
    expect((await run(["train", "--help"])).out).toContain("--data NAME");
  });

  test("names the commands there are", async () => {
    const { code, err } = await run(["fly"]);
    expect(code).toBe(2);
    expect(err).toContain("paramat: there is no command fly; the commands are: train");
  });
});
