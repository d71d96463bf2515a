import type { RunFacts, Snapshot } from "./messages.js";
import type { Drawn, DrawRequest } from "./picture-messages.js";
import type { PictureName } from "./pictures.js";

/** The pictures of the page, drawn by workers so that the page is never held up. */
export interface PicturePanels {
  show(run: RunFacts, snapshot: Snapshot): void;
  clear(): void;
}

/** Eigenvalues may take a second, in which the others go on. */
const groups: readonly (readonly PictureName[])[] = [["loss", "accuracy", "stencils", "weights"], ["eigenvalues"]];

export function picturePanels(root: HTMLElement): PicturePanels {
  const panel = (name: PictureName) => root.querySelector<HTMLElement>(`[data-picture=${name}]`)!;
  const drawers = groups.map((names) =>
    drawer((drawn) => {
      if ("svg" in drawn) panel(drawn.name).innerHTML = drawn.svg;
      else panel(drawn.name).replaceChildren(note(drawn.problem));
    }, names),
  );
  return {
    show(run, snapshot) {
      // The panel that is there before any picture says how much room there is.
      const columns = root.clientWidth < 700 ? 1 : 2;
      const width = Math.max(280, Math.min(560, Math.floor(root.clientWidth / columns) - 20));
      for (const draw of drawers) draw({ run, snapshot, width });
    },
    clear() {
      for (const name of groups.flat()) panel(name).replaceChildren();
    },
  };
}

type Wish = Omit<DrawRequest, "names">;

/** Of the wishes that come while a worker draws, the last one is met. */
function drawer(show: (drawn: Drawn) => void, names: readonly PictureName[]): (wish: Wish) => void {
  const worker = new Worker(new URL("./drawing-worker.ts", import.meta.url), { type: "module" });
  let next: Wish | null = null;
  let isBusy = false;
  const go = () => {
    if (isBusy || !next) return;
    worker.postMessage({ ...next, names } satisfies DrawRequest);
    next = null;
    isBusy = true;
  };
  worker.addEventListener("message", ({ data }: MessageEvent<Drawn | null>) => {
    if (data) return show(data);
    isBusy = false;
    go();
  });
  return (wish) => {
    next = wish;
    go();
  };
}

function note(text: string): HTMLElement {
  const made = document.createElement("p");
  made.className = "note";
  made.textContent = text;
  return made;
}
