/** The names under which a module exports what may be a function, read from its syntax tree. Nothing is run. */

import { javascriptLanguage, typescriptLanguage } from '@codemirror/lang-javascript';
import type { SyntaxNode } from '@lezer/common';

/** Values that no call can be made of. */
const NO_FUNCTION = new Set([
  'Number',
  'String',
  'TemplateString',
  'BooleanLiteral',
  'null',
  'RegExp',
  'ArrayExpression',
  'ObjectExpression',
  'ClassExpression',
]);

export interface Exports {
  /** In their order, each once. */
  names: string[];
  /** What `export * from` names: modules of which every export but the default one is passed on. */
  passedOn: string[];
}

/** `path` tells JavaScript from TypeScript. */
export function exportsOf(path: string, text: string): Exports {
  const language = /\.[cm]?ts$/.test(path) ? typescriptLanguage : javascriptLanguage;
  const names: string[] = [];
  const passedOn: string[] = [];
  language.parser.parse(text).iterate({
    enter({ name, node }) {
      if (name === 'ExportDeclaration') {
        names.push(...ofExport(node, text));
        passedOn.push(...ofStar(node, text));
      }
      if (name === 'AssignmentExpression') names.push(...ofAssignment(node, text));
    },
  });
  return { names: [...new Set(names)], passedOn };
}

const textOf = (node: SyntaxNode, text: string): string => text.slice(node.from, node.to);

/** A name as it is written: an identifier, or a string without its quotes. */
function nameOf(node: SyntaxNode, text: string): string {
  const written = textOf(node, text);
  return node.name === 'String' ? written.slice(1, -1) : written;
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

/** `export …`, but not of types. */
function ofExport(node: SyntaxNode, text: string): string[] {
  if (node.getChild('type')) return [];
  if (node.getChild('default')) {
    const value = node.getChild('default')!.nextSibling;
    return value && !NO_FUNCTION.has(value.name) && value.name !== 'ClassDeclaration' ? ['default'] : [];
  }
  const declared = node.getChild('FunctionDeclaration')?.getChild('VariableDefinition');
  if (declared) return [textOf(declared, text)];
  const variables = node.getChild('VariableDeclaration');
  if (variables) return ofVariables(variables, text);
  const group = node.getChild('ExportGroup');
  return group ? ofGroup(group, text) : [];
}

/** `export * from '…'`, but not `export * as a from '…'`, which makes an object. */
function ofStar(node: SyntaxNode, text: string): string[] {
  const source = node.getChild('String');
  const all = node.getChild('Star') && !node.getChild('as') && !node.getChild('type');
  return all && source ? [nameOf(source, text)] : [];
}

/** `const a = …, { b, c: d } = …`. */
function ofVariables(declaration: SyntaxNode, text: string): string[] {
  return children(declaration).flatMap((child) => {
    if (child.name === 'VariableDefinition') {
      let value = child.nextSibling;
      while (value && value.name !== ',' && value.name !== 'Equals') value = value.nextSibling;
      const given = value?.name === 'Equals' ? value.nextSibling : null;
      return given && NO_FUNCTION.has(given.name) ? [] : [textOf(child, text)];
    }
    if (child.name !== 'ObjectPattern') return [];
    return child
      .getChildren('PatternProperty')
      .flatMap((property) => property.getChildren('VariableDefinition'))
      .map((definition) => textOf(definition, text));
  });
}

/** `{ a, b as c, d as 'e' }`: the last name of each part is what others see. */
function ofGroup(group: SyntaxNode, text: string): string[] {
  const parts: SyntaxNode[][] = [[]];
  for (const child of children(group)) {
    if (child.name === ',') parts.push([]);
    else if (child.name === 'VariableName' || child.name === 'String' || child.type.isError)
      parts.at(-1)!.push(child);
  }
  return parts
    .filter((part) => part.length > 0 && !part.some((node) => node.type.isError))
    .map((part) => nameOf(part.at(-1)!, text));
}

/** `exports.a = …`, `module.exports.a = …`, `exports['a'] = …`, `module.exports = { a, b: … }`. */
function ofAssignment(node: SyntaxNode, text: string): string[] {
  const [target, , value] = children(node);
  if (target?.name !== 'MemberExpression' || !value) return [];
  if (isModuleExports(target, text)) {
    return value.name === 'ObjectExpression' ? ofObject(value, text) : [];
  }
  const [object] = children(target);
  const exported =
    object &&
    (isModuleExports(object, text) || (object.name === 'VariableName' && textOf(object, text) === 'exports'));
  const property = target.getChild('PropertyName') ?? target.getChild('String');
  return exported && property && !NO_FUNCTION.has(value.name) ? [nameOf(property, text)] : [];
}

const isModuleExports = (node: SyntaxNode, text: string): boolean =>
  textOf(node, text).replace(/\s/g, '') === 'module.exports';

function ofObject(object: SyntaxNode, text: string): string[] {
  return object.getChildren('Property').flatMap((property) => {
    if (property.getChild('Spread') || property.getChild('set')) return [];
    const name = property.getChild('PropertyDefinition') ?? property.getChild('String');
    const value = property.getChild(':')?.nextSibling;
    return name && !(value && NO_FUNCTION.has(value.name)) ? [nameOf(name, text)] : [];
  });
}
