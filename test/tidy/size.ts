// Aims, not gates: how long files and functions are, and which ten are the worst.
import ts from 'typescript';
import { parse } from './syntax.ts';

export interface Size {
  readonly place: string;
  readonly lines: number;
}

export const LONGEST_FILE = 400;
export const LONGEST_FUNCTION = 70;

export function fileSize(path: string, text: string): Size {
  return { place: path, lines: text.trimEnd().split('\n').length };
}

/** Every function of a file. The body of a `describe` is a chapter, not a function. */
export function functionSizes(path: string, text: string): Size[] {
  const source = parse(path, text);
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  const found: Size[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body && !isChapter(node)) {
      const first = lineOf(node.getStart(source));
      const lines = lineOf(node.getEnd()) - first + 1;
      found.push({ place: `${path}:${first + 1} ${nameOf(node)}`, lines });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The ten longest, and how many are over the aim. */
export function worst(title: string, sizes: readonly Size[], aim: number): string {
  const over = sizes.filter(({ lines }) => lines > aim).length;
  const ten = sizes.toSorted((a, b) => b.lines - a.lines).slice(0, 10);
  const rows = ten.map(({ lines, place }) => `  ${String(lines).padStart(5)}  ${place}`);
  return [`${title}: ${over} of ${sizes.length} over ${aim} lines. The longest:`, ...rows].join(
    '\n',
  );
}

function isChapter({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && /^(describe|suite)\b/.test(parent.expression.getText());
}

function nameOf(node: ts.Node): string {
  const named = node as { name?: ts.Node };
  const holder = ts.isVariableDeclaration(node.parent) ? node.parent.name : named.name;
  return holder?.getText() ?? '(unnamed)';
}
