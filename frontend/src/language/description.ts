/** TypeScript's pieces of text, joined. */

import ts from 'typescript';

export const plain = (parts: readonly ts.SymbolDisplayPart[] | undefined): string =>
  ts.displayPartsToString([...(parts ?? [])]);

/** A declaration in code, and what its author says of it. */
export function described(
  parts: readonly ts.SymbolDisplayPart[] | undefined,
  documentation: readonly ts.SymbolDisplayPart[] | undefined,
  tags: readonly ts.JSDocTagInfo[] | undefined,
): { signature: string; documentation: string } {
  const told = (tags ?? [])
    .filter(({ name }) => ['param', 'returns', 'deprecated', 'default'].includes(name))
    .map(({ name, text }) => `@${name} ${plain(text)}`);
  return {
    signature: plain(parts),
    documentation: [plain(documentation), ...told].filter(Boolean).join('\n'),
  };
}
