/** A part of the page that is loaded when it is first asked for. */

export class Late<T> {
  /**
   * Null before it was loaded. From then on whoever opens it need not wait for a promise: the next key, which may
   * be pressed at once, is its own.
   */
  here: T | null = null;

  constructor(private readonly load: () => Promise<T>) {}

  /** Rejects when it cannot be loaded; the next call tries again. */
  async get(): Promise<T> {
    return (this.here ??= await this.load());
  }
}
