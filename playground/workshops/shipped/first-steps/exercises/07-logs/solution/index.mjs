const LARGE = 1000;

export const handler = async (event) => {
  const { orderId, amount, card } = event;

  // Field by field: what is not named here cannot get into the log.
  console.log(JSON.stringify({ message: 'payment received', orderId, amount, last4: card.slice(-4) }));
  if (amount > LARGE) console.warn(JSON.stringify({ message: 'large payment', orderId, amount }));

  return { accepted: true };
};
