/** What a pen does. */
export interface Pen {
  begin(point: readonly [number, number]): void;
  extendTo(point: readonly [number, number]): void;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A pen that arrow keys move over a canvas, and the space bar lowers and lifts; a mark shows where it is while the canvas has the focus. */
export function keyboardPen(canvas: HTMLCanvasElement, pen: Pen): void {
  const mark = document.createElement("div");
  mark.className = "pen";
  mark.hidden = true;
  canvas.insertAdjacentElement("afterend", mark);
  let [x, y] = [canvas.width / 2, canvas.height / 4];
  let isDown = false;
  const showMark = () => {
    mark.hidden = false;
    mark.dataset["isDown"] = String(isDown);
    mark.style.left = `${canvas.offsetLeft + (x / canvas.width) * canvas.offsetWidth}px`;
    mark.style.top = `${canvas.offsetTop + (y / canvas.height) * canvas.offsetHeight}px`;
  };
  canvas.addEventListener("keydown", (event) => {
    const [dx, dy] = arrows[event.key] ?? [0, 0];
    if (event.key === " ") {
      isDown = !isDown;
      if (isDown) pen.begin([x, y]);
    } else if (dx === 0 && dy === 0) return;
    event.preventDefault();
    const step = canvas.width / 24;
    x = Math.min(canvas.width - step, Math.max(step, x + dx * step));
    y = Math.min(canvas.height - step, Math.max(step, y + dy * step));
    if (isDown) pen.extendTo([x, y]);
    showMark();
  });
  canvas.addEventListener("blur", () => {
    isDown = false;
    mark.hidden = true;
  });
}
