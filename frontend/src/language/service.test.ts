import { beforeAll, describe, expect, it } from 'vitest';
import { libraries } from './libraries';
import { LanguageService } from './service';

let service: LanguageService;
// One for all, as a person's page has one: the libraries are read once.
beforeAll(() => {
  service = new LanguageService(libraries);
});

function open(path: string, code: string): { path: string; offset: number } {
  const offset = code.indexOf('|');
  service.update([{ path, text: code.replace('|', '') }], []);
  return { path, offset };
}

const names = (path: string, code: string): string[] => {
  const { offset } = open(path, code);
  return service.completions(path, offset, true)?.options.map(({ name }) => name) ?? [];
};

describe('completions', () => {
  it('knows the event of a handler that JSDoc annotates', () => {
    const code = `/** @type {import('aws-lambda').APIGatewayProxyHandlerV2} */
export const handler = async (event, context) => event.|;`;
    expect(names('index.mjs', code)).toEqual(
      expect.arrayContaining(['rawPath', 'requestContext', 'headers']),
    );
  });

  it('knows the event of a handler in TypeScript', () => {
    const code = `import type { SQSEvent } from 'aws-lambda';
export const handler = async (event: SQSEvent) => event.Records[0]!.|;`;
    expect(names('index.ts', code)).toEqual(expect.arrayContaining(['body', 'messageId', 'receiptHandle']));
  });

  it('knows Node.js and the other files', () => {
    expect(names('a.mjs', `import fs from 'node:fs/promises';\nawait fs.rea|`)).toContain('readFile');
    open('order.mjs', 'export const total = (order) => order.amount;\n');
    expect(names('b.mjs', `import * as order from './order.mjs';\norder.|`)).toEqual(['total']);
    expect(names('c.mjs', `import './|'`)).toContain('order.mjs');
  });

  it('begins at the word that is being typed', () => {
    const { path, offset } = open('d.mjs', 'console.l|');
    const told = service.completions(path, offset, false);
    expect(told?.from).toBe(8);
    expect(told?.options.map(({ name }) => name)).toContain('log');
  });
});

describe('problems', () => {
  const told = (path: string, text: string) => {
    service.update([{ path, text }], []);
    return service.problems(path).map(({ severity, code }) => `${severity} ${code}`);
  };

  it('finds none in a handler without types', () => {
    const code =
      'export const handler = async (event, context) => ({ id: event.id, at: context.awsRequestId });\n';
    expect(told('plain.mjs', code)).toEqual([]);
    expect(told('plain.ts', code)).toEqual([]);
  });

  it('calls wrong types an error in TypeScript and a warning in JavaScript', () => {
    expect(told('wrong.ts', 'export const n: number = "one";\n')).toEqual(['error 2322']);
    expect(told('wrong.mjs', '/** @type {number} */\nexport const n = "one";\n')).toEqual(['warning 2322']);
  });

  it('calls broken grammar an error everywhere', () => {
    expect(told('broken.mjs', 'export const = 1;\n')).toContain('error 1134');
  });

  it('has nothing to say of what the runtime brings', () => {
    const code = `import { S3Client } from '@aws-sdk/client-s3';
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.end(String(new S3Client({})) + Buffer.from('x') + process.env.X);
});
`;
    expect(told('runtime.mjs', code)).toEqual([]);
  });

  it('says that top-level await needs an ES module, as the compiler will', () => {
    const code = 'export const a = await Promise.resolve(1);\n';
    expect(told('await.ts', code)).toEqual(['error 1309']);
    expect(told('await.mts', code)).toEqual([]);
  });

  it('forgets a file that is gone', () => {
    service.update([{ path: 'gone.mjs', text: 'export const here = 1;' }], []);
    expect(told('reader.mjs', `import { here } from './gone.mjs';\nconsole.log(here);\n`)).toEqual([]);
    service.update([], ['gone.mjs']);
    expect(service.problems('reader.mjs').map(({ code }) => code)).toEqual([2307]);
  });
});

describe('descriptions', () => {
  it('tells signature and documentation', () => {
    const code = `/**\n * Adds tax.\n * @param {number} net in cents\n */\nconst ta|x = (net) => net * 1.2;\ntax(1);\n`;
    const { path, offset } = open('tax.mjs', code);
    const told = service.describe(path, offset);
    expect(told?.signature).toBe('const tax: (net: number) => number');
    expect(told?.documentation).toContain('Adds tax.');
  });

  it('finds where something is declared, in the own files only', () => {
    open('declared.mjs', 'export const found = 1;\n');
    const here = open('seeker.mjs', `import { found } from './declared.mjs';\nconsole.log(fou|nd);\n`);
    expect(service.definition(here.path, here.offset)).toEqual({ path: 'declared.mjs', offset: 13 });
    const there = open('seeker.mjs', 'console.lo|g(1);\n');
    expect(service.definition(there.path, there.offset)).toBeNull();
  });
});

describe('parameters', () => {
  const told = (code: string) => {
    const { path, offset } = open('call.ts', code);
    return service.parameters(path, offset);
  };
  const active = (code: string) => {
    const help = told(code);
    return help?.active && help.signature.slice(help.active.from, help.active.to);
  };
  const ADD = `/** Adds. @param one the first */
function add(one: number, ...more: number[]): number { return one; }
`;

  it('names the signature and the parameter at hand', () => {
    expect(told(`${ADD}add(|`)).toMatchObject({
      signature: 'add(one: number, ...more: number[]): number',
      documentation: 'the first\nAdds.',
      overload: 1,
      overloads: 1,
    });
    expect(active(`${ADD}add(|)`)).toBe('one: number');
    expect(active(`${ADD}add(1, |)`)).toBe('...more: number[]');
    expect(active(`${ADD}add(1, 2, 3, |)`)).toBe('...more: number[]');
    expect(active(`${ADD}add(add(1), |)`)).toBe('...more: number[]');
  });

  it('knows which of several signatures fits', () => {
    const help = told(`import fs from 'node:fs';\nfs.readFile('a', 'utf8', |)`);
    expect(help?.overloads).toBeGreaterThan(1);
    expect(help?.signature.slice(help.active!.from)).toMatch(/^callback/);
  });

  it('tells nothing outside of a call, or beyond the last parameter', () => {
    expect(told(`${ADD}add(1);|`)).toBeNull();
    expect(told('const a = |1;')).toBeNull();
    expect(active('function none() {}\nnone(1, |)')).toBeNull();
  });
});
