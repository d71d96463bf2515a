import type { Options } from "./options.js";

/** How Chromium is started so that pages have WebGL 2 and WebGPU: on the graphics card, or on processors that compute in its place. */
export interface ChromiumFlags {
  readonly args: readonly string[];
  /** Flags that playwright sets by itself and that are left out. */
  readonly without: readonly string[];
}

/** @param platform as Node names it; Linux has to be told to take Vulkan, other systems choose right by themselves */
export function chromiumFlags({ realGpu, angle }: Pick<Options, "realGpu" | "angle">, platform: string): ChromiumFlags {
  if (!realGpu) {
    return {
      args: [...always, "--use-webgpu-adapter=swiftshader", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
      without: [],
    };
  }
  const way = angle ?? (platform === "linux" ? "vulkan" : undefined);
  return {
    args: [
      ...always,
      ...(way === undefined ? [] : [`--use-angle=${way}`]),
      ...(platform === "linux" ? ["--enable-features=Vulkan", "--disable-vulkan-surface"] : []),
      // Nothing in its place: a page without the card is to have no GPU at all.
      "--disable-software-rasterizer",
    ],
    without: ["--enable-unsafe-swiftshader"],
  };
}

const always = [
  "--enable-unsafe-webgpu",
  "--ignore-gpu-blocklist",
  // A launch may take longer than browsers grant.
  "--disable-gpu-watchdog",
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
