/** Templates of CloudFormation as YAML that its parsers, which read YAML 1.1, take for what is meant. */

import { isWordOfYaml } from './names';
import { Document, type Node, Scalar, type YAMLSeq } from 'yaml';

/** Signs that YAML 1.1 takes for the end of a line, or does not take at all. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
/** What a block of lines can hold as it is. */
const BLOCK = /^[\n\t\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** A text of somebody's: quoted, whatever it looks like, and nothing in it replaced by CloudFormation. */
export function text(value: string): Node {
  const parts = value.split(/(?<=\$)(?=\{)|(?<=\{)(?=\{resolve:)/);
  return parts.length === 1 ? quoted(value) : tagged('!Join', [quoted(''), parts.map(quoted)]);
}

/** Lines of code as they are, where YAML can hold them so. */
export function code(value: string): Node {
  const scalar = new Scalar(value);
  scalar.type = BLOCK.test(value) && value.trim() !== '' ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** The value of a parameter, or what names a resource. */
export const ref = (id: string): Node => tagged('!Ref', id);
/** A text with `${…}` to be replaced. */
export const sub = (value: string): Node => tagged('!Sub', value);
export const attribute = (path: string): Node => tagged('!GetAtt', path);

/** A name as a key: some are truth values to YAML 1.1. */
export const key = (name: string): Node => (isWordOfYaml(name) ? quoted(name) : new Scalar(name));

/** The text of a template; `comment` comes first. */
export function templateText(template: object, comment: string): string {
  const document = new Document(template, { aliasDuplicateObjects: false });
  document.commentBefore = comment;
  // They are found within double quotes alone, where they can be escaped.
  return document
    .toString({ lineWidth: 0, flowCollectionPadding: false })
    .replace(UNPRINTABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function quoted(value: string): Scalar {
  const scalar = new Scalar(value);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

function tagged(tag: string, value: unknown): Node {
  const node = new Document(value).contents as Scalar | YAMLSeq;
  node.tag = tag;
  if ('flow' in node || Array.isArray(value)) (node as YAMLSeq).flow = true;
  return node;
}
