export const handler = async (event) => {
  console.log('Payment received:', event);

  return { accepted: true };
};
