import { bundle } from "./bundle.js";
import { launchChromium } from "./chromium.js";
import { type PageOptions, servePage } from "./page-server.js";
import type { Outcome } from "./publish.js";

export interface RunOptions extends PageOptions {
  /** Whether a worker of the page computes, in place of the page's own thread; default false. */
  readonly inWorker?: boolean;
  /** Whether the page has WebGL 2 and WebGPU; default false. */
  readonly gpu?: boolean;
  /** How long it may take; default 100. */
  readonly seconds?: number;
}

/**
 * What `computation` gives in a page of Chromium. It must be exported under its name by `file` of this folder, and give what JSON can say.
 * The page computes by itself, while it loads: code that is sent to a page from outside may be exempt from its Content-Security-Policy.
 * @throws Error with the page's stack if the page or the computation fails
 */
export async function runInPage<T>(computation: () => Promise<T>, file: string, options: RunOptions = {}): Promise<T> {
  const { name } = computation;
  const publish = options.inWorker ? "publishFromWorker" : "publish";
  const program = `import { ${name} } from "./${file}"; import { ${publish} } from "./publish.js"; void ${publish}(${name});`;
  const server = await servePage((await bundle(program)).modules, options);
  const browser = await launchChromium(options.gpu).catch(async (cause: unknown) => {
    await server.close();
    throw cause;
  });
  try {
    const page = await browser.newPage();
    const broken = new Promise<never>((_, reject) => page.once("pageerror", reject));
    const written = page
      .goto(server.address)
      .then(() => page.locator("html[data-outcome]").getAttribute("data-outcome", { timeout: 1000 * (options.seconds ?? 100) }));
    const outcome = JSON.parse((await Promise.race([written, broken])) ?? "") as Outcome<T>;
    if ("error" in outcome) throw new Error(`runInPage: ${name} failed in the page: ${outcome.error}`);
    return outcome.value;
  } finally {
    await browser.close();
    await server.close();
  }
}
