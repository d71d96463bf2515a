import { BackendError } from "../../errors.js";

/** Numbers or positions that lie in the backend's memory: a place, until it is freed. */
export class WasmBuffer {
  /** −1 once it is freed. */
  private place: number;
  /** Set for what scopes must not free. */
  isRetained = false;

  constructor(
    readonly length: number,
    readonly isIndex: boolean,
    /** The heap's block, or −1 where there are no entries. */
    readonly block: number,
    address: number,
  ) {
    this.place = address;
  }

  /** Where its first entry lies. @throws BackendError if it was freed */
  get address(): number {
    if (this.place < 0) throw freed(this);
    return this.place;
  }

  get isFreed(): boolean {
    return this.place < 0;
  }

  markFreed(): void {
    this.place = -1;
  }
}

function freed({ length, isIndex }: WasmBuffer): BackendError {
  return new BackendError(
    `wasm: a buffer of ${length} ${isIndex ? "positions" : "numbers"} was freed when the scope ended in which it was made; ` +
      "return it from the scope's body, or use it inside",
  );
}
