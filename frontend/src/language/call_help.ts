/** The call that is being typed, from what TypeScript tells of it. */

import type ts from 'typescript';
import { plain } from './description';
import type { CallHelp } from './protocol';

/** Its chosen signature as one text, with the place of the parameter at hand in it. */
export function callHelp(found: ts.SignatureHelpItems): CallHelp | null {
  const item = found.items[found.selectedItemIndex];
  if (!item) return null;
  const separator = plain(item.separatorDisplayParts);
  // All further arguments belong to a last parameter with dots.
  const last = item.parameters.length - 1;
  const at = item.isVariadic ? Math.min(found.argumentIndex, last) : found.argumentIndex;
  let signature = plain(item.prefixDisplayParts);
  let active: CallHelp['active'] = null;
  item.parameters.forEach((parameter, index) => {
    if (index > 0) signature += separator;
    const from = signature.length;
    signature += plain(parameter.displayParts);
    if (index === at) active = { from, to: signature.length };
  });
  return {
    from: found.applicableSpan.start,
    signature: signature + plain(item.suffixDisplayParts),
    active,
    documentation: [plain(item.parameters[at]?.documentation), plain(item.documentation)]
      .filter(Boolean)
      .join('\n'),
    overload: found.selectedItemIndex + 1,
    overloads: found.items.length,
  };
}
