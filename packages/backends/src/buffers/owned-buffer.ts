import { BackendError } from "../errors.js";

/** Numbers or positions that lie in the backend's memory: a place, until it is freed. */
export class OwnedBuffer {
  /** −1 once it is freed. */
  private place: number;
  /** Set for what scopes and regions must not free. */
  isRetained = false;
  freedBy: "scope" | "region" = "scope";

  constructor(
    /** Its backend, for errors. */
    private readonly backend: string,
    readonly length: number,
    readonly isIndex: boolean,
    /** The memory's block, or −1 where there are no entries. */
    readonly block: number,
    address: number,
  ) {
    this.place = address;
  }

  /** Where its first entry lies. @throws BackendError if it was freed */
  get address(): number {
    if (this.place < 0) throw freed(this.backend, this);
    return this.place;
  }

  get isFreed(): boolean {
    return this.place < 0;
  }

  markFreed(by: "scope" | "region" = "scope"): void {
    this.place = -1;
    this.freedBy = by;
  }
}

function freed(backend: string, { length, isIndex, freedBy }: OwnedBuffer): BackendError {
  const what = `${backend}: a buffer of ${length} ${isIndex ? "positions" : "numbers"} was freed`;
  return new BackendError(
    freedBy === "scope"
      ? `${what} when the scope ended in which it was made; return it from the scope's body, or use it inside`
      : `${what} by the method that had made it; tell the backend to retain a buffer that is to outlive the method's use of it`,
  );
}
