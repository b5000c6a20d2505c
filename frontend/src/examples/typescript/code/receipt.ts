// Enums need a compiler: they are more than types that can be left out.
export enum Currency {
  Euro = 'EUR',
  Dollar = 'USD',
}

export interface Order {
  order_id: string;
  amount: number;
}

export function receiptOf({ order_id, amount }: Order, currency: Currency): string {
  if (typeof amount !== 'number') throw new TypeError(`Order ${order_id} has no amount`);
  return `Order ${order_id}: ${amount.toFixed(2)} ${currency}`;
}
