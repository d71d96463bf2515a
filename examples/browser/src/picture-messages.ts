import type { RunFacts, Snapshot } from "./messages.js";
import type { PictureName } from "./pictures.js";

/** What the page asks of a worker that draws. */
export interface DrawRequest {
  readonly run: RunFacts;
  readonly snapshot: Snapshot;
  readonly names: readonly PictureName[];
  /** Of a picture, in pixels. */
  readonly width: number;
}

/** One picture, or why there is none. */
export type Drawn = { readonly name: PictureName; readonly svg: string } | { readonly name: PictureName; readonly problem: string };
