// Read once, and checked where it is read: a missing setting is told by name.
function setting(name) {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The environment variable ${name} is not set`);
  return value;
}

export const handler = async ({ wanted }) => {
  // A secret is used, and never logged. Its value is hidden in the page; the eye beside it shows it.
  const signed = setting('API_KEY').length > 0;

  return {
    greeting: setting('GREETING'),
    signed,
    // Values are always text: numbers have to be made from them.
    retries: Number(setting('RETRIES')),
    wanted: wanted && setting(wanted),
    // Lambda adds variables of its own; their names are reserved.
    setByLambda: Object.keys(process.env).filter((name) => name.startsWith('AWS_LAMBDA_FUNCTION')),
  };
};
