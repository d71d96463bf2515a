import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";

export interface PageServer {
  readonly address: string;
  close(): Promise<void>;
}

const page = `<!doctype html><meta charset="utf-8"><title>paramat</title><script type="module" src="/program.js"></script>`;

/**
 * A web server on this machine, at `/` a page that runs a program in TypeScript, with the packages taken from their sources. The page is isolated from
 * other origins, so that its threads may share memory.
 * @param program relative imports start from this folder
 */
export async function servePage(program: string): Promise<PageServer> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, sourcefile: "program.ts", loader: "ts" },
    bundle: true,
    minify: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    conditions: ["paramat-source"],
    write: false,
    logLevel: "silent",
  });
  const text = outputFiles[0]!.text;
  const server = createServer(({ url }, response) => {
    response.setHeader("cross-origin-opener-policy", "same-origin").setHeader("cross-origin-embedder-policy", "require-corp");
    if (url === "/") response.setHeader("content-type", "text/html").end(page);
    else if (url === "/program.js") response.setHeader("content-type", "text/javascript").end(text);
    else response.writeHead(204).end();
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
