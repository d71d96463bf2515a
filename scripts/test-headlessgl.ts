import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

// Runs the backend's laws on headless-gl, which nothing builds unasked. It installs nothing: it says what is missing.
const reason = missing();
if (reason === undefined) {
  const vitest = ["node_modules/.bin/vitest", "run", "packages/backends/test/gpu/headlessgl.test.ts", ...process.argv.slice(2)];
  const hasDisplay = process.env["DISPLAY"] !== undefined;
  const command = hasDisplay ? vitest : ["xvfb-run", "--auto-servernum", ...vitest];
  const { status } = spawnSync(command[0]!, command.slice(1), { stdio: "inherit", env: { ...process.env, PARAMAT_HEADLESSGL: "1" } });
  process.exitCode = status ?? 1;
} else {
  console.error(`test:headlessgl: ${reason}
On Debian:
  apt-get install build-essential pkg-config python3 libxi-dev libgl1-mesa-dev xvfb xauth
  npm rebuild gl --allow-scripts=gl --foreground-scripts    (some minutes)`);
  process.exitCode = 1;
}

function missing(): string | undefined {
  try {
    const createContext = createRequire(import.meta.url)("gl") as unknown;
    if (typeof createContext !== "function") return "the package gl is not what it should be";
  } catch (cause) {
    return `the package gl cannot be loaded (${(cause as Error).message.split("\n")[0]}); it has to be built`;
  }
  if (process.env["DISPLAY"] === undefined && spawnSync("xvfb-run", ["--help"]).error)
    return "there is no display, and no xvfb-run to make one";
  return undefined;
}
