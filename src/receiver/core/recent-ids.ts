// The last few ids that were seen, so that a redelivery can be told from a new event. Bounded in number and in size.

/** Longer ids are not remembered: servers send UUIDs of 36 characters. */
const longestId = 128;

export class RecentIds {
  readonly #known = new Set<string>();
  /** The known ids in the order of their arrival, as a ring: the oldest makes room for the newest. */
  readonly #ring: (string | undefined)[];
  #next = 0;

  constructor(capacity = 10_000) {
    this.#ring = Array.from({ length: capacity });
  }

  /** True when the id is among the last ones; otherwise it is from now on. */
  seenBefore(id: string): boolean {
    if (this.#known.has(id)) return true;
    if (id.length > longestId) return false;
    const oldest = this.#ring[this.#next];
    if (oldest !== undefined) this.#known.delete(oldest);
    this.#ring[this.#next] = id;
    this.#next = (this.#next + 1) % this.#ring.length;
    this.#known.add(id);
    return false;
  }
}
