import { element } from "./element.js";

/** What the network makes of an image: the image, a verdict, and the probabilities as bars. */
export interface AnswerPanel {
  classes(names: readonly string[], shape: readonly number[]): void;
  image(pixels: Float32Array): void;
  /** @param label what the image is known to be; null for a drawing */
  answer(probabilities: ArrayLike<number>, label: number | null): void;
  clear(): void;
}

export function answerPanel(): AnswerPanel {
  const [verdict, bars, seen] = [element("verdict", HTMLElement), element("bars", HTMLOListElement), element("seen", HTMLCanvasElement)];
  let names: readonly string[] = [];
  let said = "";
  // The same words again would be read aloud again.
  const say = (text: string) => {
    if (text !== said) verdict.textContent = text;
    said = text;
  };
  return {
    classes(next, [height, width]) {
      names = next;
      seen.height = height!;
      seen.width = width!;
      bars.replaceChildren(...names.map(barOf));
      say("Draw a digit, or take a test image.");
    },
    image(pixels) {
      const image = new ImageData(seen.width, seen.height);
      pixels.forEach((ink, i) => image.data.set([255 * ink, 255 * ink, 255 * ink, 255], 4 * i));
      seen.getContext("2d")!.putImageData(image, 0, 0);
    },
    answer(probabilities, label) {
      const all = Array.from(probabilities);
      const best = all.indexOf(Math.max(...all));
      all.forEach((p, i) => {
        const row = bars.children[i] as HTMLElement;
        row.dataset["isLargest"] = String(i === best);
        (row.querySelector(".bar") as HTMLElement).style.transform = `scaleX(${p})`;
        row.querySelector(".value")!.textContent = `${(100 * p).toFixed(1)} %`;
      });
      const truth = label === null ? "" : label === best ? ", and it is one" : `; it is a ${names[label]}`;
      say(`This looks like a ${names[best]}${truth}.`);
    },
    clear() {
      seen.getContext("2d")!.clearRect(0, 0, seen.width, seen.height);
      for (const row of bars.children) (row.querySelector(".bar") as HTMLElement).style.transform = "scaleX(0)";
      for (const value of bars.querySelectorAll(".value")) value.textContent = "";
      for (const row of bars.children) delete (row as HTMLElement).dataset["isLargest"];
      say("Draw a digit, or take a test image.");
    },
  };
}

function barOf(name: string): HTMLLIElement {
  const row = document.createElement("li");
  const part = (kind: string, text = "", tag = "span") => {
    const made = document.createElement(tag);
    made.className = kind;
    made.textContent = text;
    return made;
  };
  const [track, bar] = [part("track", "", "div"), part("bar", "", "div")];
  bar.style.transform = "scaleX(0)";
  track.append(bar);
  row.append(part("name", name), track, part("value"));
  return row;
}
