/** JSON values as DynamoDB writes them, and how large it counts them. */

export type AttributeValue =
  | { S: string }
  | { N: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: AttributeValue[] }
  | { M: Record<string, AttributeValue> };

export type Item = Record<string, AttributeValue>;

export function attributeValue(value: unknown): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeValue) };
  return { M: item(value as Record<string, unknown>) };
}

export const item = (value: Record<string, unknown>): Item =>
  Object.fromEntries(Object.entries(value).map(([name, member]) => [name, attributeValue(member)]));

const utf8 = new TextEncoder();
const bytes = (text: string): number => utf8.encode(text).length;

/** Names and values as "DynamoDB item sizes and formats" counts them; of a number, one byte for two digits. */
export function itemBytes(value: Item): number {
  return Object.entries(value).reduce((sum, [name, member]) => sum + bytes(name) + valueBytes(member), 0);
}

function valueBytes(value: AttributeValue): number {
  if ('S' in value) return bytes(value.S);
  if ('N' in value) return Math.ceil(value.N.replace(/[^0-9]/g, '').length / 2) + 1;
  if ('L' in value) return value.L.reduce((sum, member) => sum + 1 + valueBytes(member), 3);
  if ('M' in value) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  return 1;
}
