/** Cells of examples: a plain value, month rows `{2023-09: 100万元}`, child rows `[{本金: 1元}]`. */
import type { Plain } from '../facts.ts';

type Read = { readonly ok: true; readonly value: Plain } | { readonly ok: false };

const BAD: Read = { ok: false };

/** Cuts at top-level commas; undefined when brackets do not match. */
function parts(text: string): string[] | undefined {
  const result: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '[' || c === '{') depth++;
    else if (c === ']' || c === '}') depth--;
    else if (c === ',' && depth === 0) {
      result.push(text.slice(from, i));
      from = i + 1;
    }
    if (depth < 0) return undefined;
  }
  if (depth !== 0) return undefined;
  const last = text.slice(from);
  return last.trim() === '' && result.length === 0 ? [] : [...result, last];
}

function readObject(inner: string, depth: number): Read {
  const list = parts(inner);
  if (list === undefined) return BAD;
  const value: Record<string, Plain> = {};
  for (const part of list) {
    const colon = part.indexOf(':');
    const name = part.slice(0, Math.max(0, colon)).trim();
    const read = name === '' ? BAD : readCell(part.slice(colon + 1), depth + 1);
    if (!read.ok) return BAD;
    value[name] = read.value;
  }
  return { ok: true, value };
}

/** Reads one cell. Texts need no quotes. */
export function readCell(text: string, depth = 0): Read {
  const t = text.trim();
  if (depth > 4) return BAD;
  if (t === '?' || t === '') return { ok: true, value: null };
  if (t.startsWith('{')) return t.endsWith('}') ? readObject(t.slice(1, -1), depth) : BAD;
  if (t.startsWith('[')) {
    const list = t.endsWith(']') ? parts(t.slice(1, -1)) : undefined;
    if (list === undefined) return BAD;
    const rows = list.map((p) => readCell(p, depth + 1));
    const value = rows.flatMap((r) => (r.ok ? [r.value] : []));
    return value.length === rows.length ? { ok: true, value } : BAD;
  }
  return { ok: true, value: t.replace(/^"(.*)"$/u, '$1') };
}
