import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface PageServer {
  readonly address: string;
  close(): Promise<void>;
}

export interface PageOptions {
  /** The page's Content-Security-Policy; none by default. */
  readonly policy?: string;
  /** Whether the page is isolated from other origins, so that its threads may share memory; default false. */
  readonly isolated?: boolean;
}

const page = `<!doctype html><meta charset="utf-8"><title>paramat</title><script type="module" src="/program.js"></script>`;

/** A web server on this machine, at `/` a page that runs `program.js` of the modules. */
export async function servePage(modules: ReadonlyMap<string, string>, { policy, isolated = false }: PageOptions = {}): Promise<PageServer> {
  const server = createServer((request, response) => {
    if (policy !== undefined) response.setHeader("content-security-policy", policy);
    if (isolated) response.setHeader("cross-origin-opener-policy", "same-origin").setHeader("cross-origin-embedder-policy", "require-corp");
    const text = modules.get((request.url ?? "").slice(1));
    if (request.url === "/") response.setHeader("content-type", "text/html").end(page);
    else if (text !== undefined) response.setHeader("content-type", "text/javascript").end(text);
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
