import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = process.env["CHROMIUM"] || "/usr/bin/chromium";

/** Why no browser can be started here; undefined where one can. */
export const noChromium: string | undefined = existsSync(executablePath)
  ? undefined
  : `there is no ${executablePath}; install Debian's package chromium, or name another in CHROMIUM`;

/** Where a browser must be there, its absence is a failure and not a reason to skip. */
export const canSkip: boolean = noChromium !== undefined && process.env["CI"] !== "true";

/**
 * Starts the installed Chromium without a window.
 * @param gpu with WebGL 2 and WebGPU, which processors compute: right numbers, slowly
 * @throws Error if there is none
 */
export async function launchChromium(gpu = false): Promise<Browser> {
  if (noChromium !== undefined) throw new Error(`launchChromium: ${noChromium}`);
  return chromium.launch({
    executablePath,
    headless: true,
    chromiumSandbox: false,
    args: [
      ...(gpu ? softwareGpu : ["--disable-gpu"]),
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

const softwareGpu = [
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
];
