const orders = new Map([
  ['A-1', { item: 'Headphones', amount: 199.99 }],
  ['A-2', { item: 'Cable', amount: 9.5 }],
]);

export const handler = async (event) => {
  if (!event.orderId) return { error: 'orderId is missing' };

  const order = orders.get(event.orderId);
  if (!order) return { error: `There is no order ${event.orderId}` };

  return order;
};
