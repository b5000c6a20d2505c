/** A part of the page that is loaded when it is first asked for. */

export class Late<Part> {
  /** The part while it is shown. */
  shown = $state.raw<Part | null>(null);
  // Once it is here nobody waits for a promise: the next key, which may be pressed at once, is its own.
  #here: Part | null = null;

  constructor(
    private readonly load: () => Promise<{ default: Part }>,
    /** Hears that it could not be loaded; the next time that it is asked for, it is tried again. */
    private readonly failed: () => void,
  ) {}

  async show(): Promise<void> {
    try {
      this.shown = this.#here ??= (await this.load()).default;
    } catch {
      this.failed();
    }
  }

  readonly hide = (): void => void (this.shown = null);
}
