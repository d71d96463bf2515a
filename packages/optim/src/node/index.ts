export { fileStore, loadCheckpoint, saveCheckpoint } from "./file-store.js";
export { type InterruptSignal, interruptSignal } from "./interrupt-signal.js";
