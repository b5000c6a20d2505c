/** Where the box of the log stands: at its end, which it follows, or where somebody reads. */

const NEAR_END_PX = 24;

export class LogScroll {
  following = $state(true);
  top = $state(0);
  height = $state(0);

  #box!: HTMLElement;
  /** Where the box was when it was scrolled from here, and how high its content was then. */
  #left = { top: 0, height: 0 };
  /** Whether it went down last. */
  #down = false;

  /** Takes the element, which has to be there before anything else is called. */
  begin(box: HTMLElement): void {
    this.#box = box;
  }

  resized(): void {
    this.height = this.#box.clientHeight;
  }

  /** Its place as the browser knows it now, in px. */
  get now(): number {
    return this.#box.scrollTop;
  }

  toEnd(): void {
    this.#box.scrollTop = this.#box.scrollHeight;
    this.#left = { top: this.#box.scrollTop, height: this.#box.scrollHeight };
  }

  /** Keeps in its place what someone reads, when what is above has grown. */
  shift(by: number): void {
    this.#box.scrollTop += by;
    this.#stands();
  }

  /** Brings a height of the content into the middle; the end is not followed any more. */
  center(y: number): void {
    this.following = false;
    this.#box.scrollTop = Math.max(0, y - this.#box.clientHeight / 2);
    this.#stands();
  }

  scrolled(): void {
    const { scrollTop, scrollHeight } = this.#box;
    const atEnd = this.#fromEnd() <= NEAR_END_PX;
    if (scrollTop !== this.#left.top) this.#down = scrollTop > this.#left.top;
    if (scrollTop > this.#left.top + 1 && atEnd) this.following = true;
    // Where the content changed meanwhile, its new height moved the box, and not somebody's wish.
    else if (scrollTop < this.#left.top - 1 && !atEnd && scrollHeight === this.#left.height)
      this.following = false;
    this.#stands();
  }

  // A smooth scroll that rows on its way made longer or shorter may end without a last step down. Who has just
  // begun to scroll up is not meant by the end of a scroll of before.
  rested(): void {
    if (this.#down && this.#fromEnd() <= 1) this.following = true;
  }

  // In a flood of lines the end would be drawn again before the scroll event of a hand comes.
  letGo(): void {
    this.#down = false;
    if (!this.following || this.#box.scrollHeight <= this.#box.clientHeight) return;
    this.top = this.#box.scrollTop;
    this.following = false;
  }

  keyed(event: KeyboardEvent): void {
    if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) this.letGo();
    if (event.key === 'End') this.following = true;
  }

  pressed(event: PointerEvent): void {
    const onScrollBar = event.target === this.#box && event.offsetX >= this.#box.clientWidth;
    if (onScrollBar || event.button === 1) this.letGo();
  }

  dragged(event: PointerEvent): void {
    if (event.buttons === 1 && getSelection()?.isCollapsed === false) this.letGo();
  }

  #fromEnd(): number {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight;
  }

  #stands(): void {
    this.#left = { top: this.#box.scrollTop, height: this.#box.scrollHeight };
    this.top = this.#box.scrollTop;
  }
}
