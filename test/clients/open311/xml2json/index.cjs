// Stands in for a package that has to be compiled: the plain object of an XML text.
const { XMLParser } = require('fast-xml-parser');

const parser = new XMLParser({ ignoreDeclaration: true, parseTagValue: false });
exports.toJson = (text) => parser.parse(text);
