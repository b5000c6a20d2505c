/** Where the rows of a long list stand: measured heights where a row was drawn, a guess where it never was. */

const BLOCK = 256;

export class RowHeights {
  #heights: number[] = [];
  /** Sums of blocks, so that no question walks over all rows. */
  #sums: number[] = [];
  #total = 0;

  /** `guess` is the height of a row that was never drawn, in px. */
  constructor(private readonly guess: number) {}

  get count(): number {
    return this.#heights.length;
  }

  get total(): number {
    return this.#total;
  }

  /** Adds rows that were never drawn at the end, or forgets the last ones. */
  resize(count: number): void {
    while (this.#heights.length > count) this.#add(this.#heights.length - 1, -this.#heights.pop()!);
    while (this.#heights.length < count) {
      this.#heights.push(this.guess);
      this.#add(this.#heights.length - 1, this.guess);
    }
  }

  /** Takes a measured height; answers by how much the row grew. */
  measure(row: number, height: number): number {
    const change = height - this.#heights[row]!;
    if (change !== 0) {
      this.#heights[row] = height;
      this.#add(row, change);
    }
    return change;
  }

  /** Height of all rows before this one. */
  top(row: number): number {
    const block = Math.floor(row / BLOCK);
    let sum = 0;
    for (let at = 0; at < block; at += 1) sum += this.#sums[at]!;
    for (let at = block * BLOCK; at < row; at += 1) sum += this.#heights[at]!;
    return sum;
  }

  /** The row at a height; the first or last one beyond the ends. */
  rowAt(y: number): number {
    let rest = y;
    let block = 0;
    while (block < this.#sums.length - 1 && rest >= this.#sums[block]!) rest -= this.#sums[block++]!;
    let row = block * BLOCK;
    while (row < this.#heights.length - 1 && rest >= this.#heights[row]!) rest -= this.#heights[row++]!;
    return Math.max(0, Math.min(row, this.#heights.length - 1));
  }

  #add(row: number, change: number): void {
    const block = Math.floor(row / BLOCK);
    this.#sums[block] = (this.#sums[block] ?? 0) + change;
    this.#total += change;
  }
}
