const MEGABYTE = 1024 * 1024;

const used = () => `${Math.round(process.memoryUsage.rss() / MEGABYTE)} MB`;

export const handler = async ({ megabytes }, context) => {
  console.log(`Before: ${used()} of ${context.memoryLimitInMB} MB`);

  const kept = [];
  for (let taken = 0; taken < megabytes; taken += 10) {
    // Filled with ones: memory counts when it is written to, not when it is asked for.
    kept.push(Buffer.alloc(10 * MEGABYTE, 1));
  }

  console.log(`With ${kept.length} buffers: ${used()}`);
  return { buffers: kept.length };
};
