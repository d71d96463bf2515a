import { gpu } from "paramat/gpu";

/** What is said of an array for which there is no room, and of the next one, for which there is. */
export interface GpuRoom {
  readonly large: string;
  /** How much more there is on the device after it. */
  readonly bytesAfter: number;
  readonly next: string;
  /** Whether an array from before is as it was. */
  readonly isHeld: boolean;
}

const LENGTH = 2 ** 22 + 1;

/** On WebGPU, told that it has no room as browsers tell it. In earnest it would take all memory that there is. */
export async function gpuRoomInPage(): Promise<GpuRoom> {
  const backend = await gpu({ mode: "webgpu" });
  const values = new Float32Array(LENGTH).fill(3);
  // Stays, so that its memory is not written again; and what makes its kernel asks after errors of its own.
  const held = backend.upload(values);
  await backend.read(held);
  const bytes = backend.activity().bytes;
  tellOfNoRoomOnce();
  const uploaded = (): Promise<string> =>
    backend.read(backend.upload(values)).then(
      (read) => `${read.length} numbers, the last ${read.at(-1)}`,
      (error: Error) => `${error.name}: ${error.message}`,
    );
  const large = await uploaded();
  const bytesAfter = backend.activity().bytes - bytes;
  const next = await uploaded();
  const isHeld = (await backend.read(held)).every((value) => value === 3);
  await backend.destroy();
  return { large, bytesAfter, next, isHeld };
}

function tellOfNoRoomOnce(): void {
  const { GPUDevice } = globalThis as unknown as {
    readonly GPUDevice: { readonly prototype: { popErrorScope(): Promise<object | null> } };
  };
  const { prototype } = GPUDevice;
  const { popErrorScope } = prototype;
  prototype.popErrorScope = async function () {
    prototype.popErrorScope = popErrorScope;
    await popErrorScope.apply(this);
    return new Error("planted");
  };
}
