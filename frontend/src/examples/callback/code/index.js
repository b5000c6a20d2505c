// A .js file without "type": "module" in a package.json is CommonJS: require and exports.
const { randomInt } = require('node:crypto');

// A handler with a third parameter may answer by calling it: the error first, or null and the result.
// The response is held back until the event loop is empty: the log line below comes before it.
exports.handler = (event, context, callback) => {
  setTimeout(() => console.log('The last thing on the event loop'), 200);

  if (event.sides < 2) {
    callback(new RangeError(`A die with ${event.sides} sides cannot be thrown`));
    return;
  }
  callback(null, { thrown: randomInt(1, event.sides + 1) });
};
