/** Gathers what screens ask for while they render, and fetches it in one request. */
export class Batches {
  readonly #asked = new Set<string>();
  readonly #waiting = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly load: (ids: string[]) => Promise<void>,
    private readonly most = 100,
    private readonly retryMs = 5_000,
  ) {}

  want(id: string): void {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    this.#waiting.add(id);
    this.#timer ??= setTimeout(() => this.#flush(), 20);
  }

  #flush(): void {
    this.#timer = undefined;
    const ids = [...this.#waiting].slice(0, this.most);
    for (const id of ids) this.#waiting.delete(id);
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.#flush(), 20);
    // What failed is asked for again, later, by the next render that wants it.
    this.load(ids).catch(() => setTimeout(() => ids.forEach((id) => this.#asked.delete(id)), this.retryMs));
  }
}
