import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

export interface MirrorServer {
  readonly address: string;
  /** Paths asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** A web server on this machine that answers each path as told, and 404 elsewhere. */
export async function mirrorServer(answers: Readonly<Record<string, RequestListener>>): Promise<MirrorServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const answer = answers[path];
    if (answer === undefined) response.writeHead(404).end("not here");
    else answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
