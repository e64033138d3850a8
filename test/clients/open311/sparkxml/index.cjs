// Stands in for the package that is to be had from a git address only: XML as JSON by the convention of the standard,
// where a list is the bare list of its elements.
const { XMLParser } = require('fast-xml-parser');

const listed = new Set(['service', 'attribute', 'value', 'request', 'endpoint', 'format', 'error']);
const parser = new XMLParser({
  ignoreDeclaration: true,
  parseTagValue: false,
  isArray: (name, _path, isLeaf) => listed.has(name) && !(name === 'value' && isLeaf),
});

function bare(value) {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, only] = entries[0] ?? [];
  if (entries.length === 1 && listed.has(name) && Array.isArray(only)) return only.map(bare);
  return Object.fromEntries(entries.map(([key, part]) => [key, bare(part)]));
}

exports.parseXml = (text) => bare(Object.values(parser.parse(text))[0]);
