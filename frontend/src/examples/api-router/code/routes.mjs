// Kept in memory for the example: another execution environment has orders of its own.
const orders = new Map([['1', { id: '1', item: 'headphones' }]]);

export const ROUTES = [
  {
    method: 'GET',
    path: /^\/orders$/,
    answer: () => [200, [...orders.values()]],
  },
  {
    method: 'GET',
    path: /^\/orders\/(?<id>[^/]+)$/,
    answer: ({ id }) =>
      orders.has(id) ? [200, orders.get(id)] : [404, { message: `There is no order ${id}` }],
  },
  {
    method: 'POST',
    path: /^\/orders$/,
    answer: ({ body }) => {
      if (!body?.item) return [400, { message: 'An order needs an item' }];
      const order = { id: String(orders.size + 1), item: body.item };
      orders.set(order.id, order);
      return [201, order];
    },
  },
];
