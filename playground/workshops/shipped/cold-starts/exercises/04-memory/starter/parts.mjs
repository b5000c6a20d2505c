const PART_BYTES = 4 * 1024 * 1024;

/** The parts of a large file, each made when it is asked for. */
export function* parts(count) {
  for (let number = 0; number < count; number += 1) {
    // Filled with ones: memory counts when it is written to.
    yield Buffer.alloc(PART_BYTES, 1);
  }
}
