import { BackendError } from "../errors.js";

/** Numbers or positions that lie in the backend's memory: a place, until it is freed. */
export class OwnedBuffer {
  /** −1 once it is freed. */
  private place: number;
  /** Set for what scopes and regions must not free. */
  isRetained = false;
  freedBy: FreedBy = "scope";

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

  markFreed(by: FreedBy = "scope"): void {
    this.place = -1;
    this.freedBy = by;
  }
}

function freed(backend: string, { length, isIndex, freedBy }: OwnedBuffer): BackendError {
  const what = `${backend}: a buffer of ${length} ${isIndex ? "positions" : "numbers"} was freed`;
  return new BackendError(`${what} ${reasons[freedBy]}`);
}

type FreedBy = "scope" | "region" | "owner";

const reasons: Readonly<Record<FreedBy, string>> = {
  scope: "when the scope ended in which it was made; return it from the scope's body, or use it inside",
  region: "by the method that had made it; tell the backend to retain a buffer that is to outlive the method's use of it",
  owner: "by whoever told the backend that nothing would read it; free it after its last use",
};
