/** The declarations that every function is typed with: ECMAScript, Node.js 22, and Lambda's events and results. */

const ecmascript = import.meta.glob<string>(
  [
    '/node_modules/typescript/lib/lib.es*.d.ts',
    '/node_modules/typescript/lib/lib.decorators*.d.ts',
    '!/node_modules/typescript/lib/*.full.d.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
);
const packages = import.meta.glob<string>(
  [
    '/node_modules/@types/node/**/*.d.ts',
    '!/node_modules/@types/node/ts5.*/**',
    '/node_modules/undici-types/*.d.ts',
    '/node_modules/@types/aws-lambda/**/*.d.ts',
    '/node_modules/{@types/node,@types/aws-lambda,undici-types}/package.json',
  ],
  { query: '?raw', import: 'default', eager: true },
);

export const LIBRARY_FOLDER = '/node_modules/typescript/lib/';

/** What the runtime brings without types here: everything in it may be used, and nothing is said of it. */
const RUNTIME = `declare module '@aws-sdk/*';\ndeclare module '@smithy/*';\n`;

/** By absolute path, as the service sees them. */
export const libraries: Record<string, string> = {
  ...ecmascript,
  ...packages,
  '/runtime.d.ts': RUNTIME,
};
