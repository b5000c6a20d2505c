const orders = new Map([
  ['A-1', { item: 'Headphones', amount: 199.99 }],
  ['A-2', { item: 'Cable', amount: 9.5 }],
]);

class ValidationError extends Error {
  constructor(message) {
    super(message);
    this.name = 'ValidationError';
  }
}

class OrderNotFound extends Error {
  constructor(id) {
    super(`There is no order ${id}`);
    this.name = 'OrderNotFound';
  }
}

export const handler = async (event) => {
  if (!event.orderId) throw new ValidationError('orderId is missing');

  const order = orders.get(event.orderId);
  if (!order) throw new OrderNotFound(event.orderId);

  return order;
};
