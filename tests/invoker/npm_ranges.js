// Reads a JSON list of texts, and answers what npm's own semver and npm-package-arg make of each.
const { createRequire } = require('node:module');
const { readFileSync, realpathSync } = require('node:fs');

const ofNpm = createRequire(realpathSync(process.argv[2]));
const semver = ofNpm('semver');
const npa = ofNpm('npm-package-arg');
const kindOf = (text) => {
  try {
    return npa.resolve('name', text, '/').type;
  } catch {
    return 'error';
  }
};
const texts = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(texts.map((text) => [semver.validRange(text) !== null, kindOf(text)])));
