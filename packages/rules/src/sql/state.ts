/** The verdict of an item, and verdict and conditions packed into one number. */
import type { Term } from './term.ts';

/** Who is granted, who is open, and of these who waits for a fact and not only for a judgement. */
export interface Verdict {
  readonly granted: Term;
  readonly open: Term;
  readonly waits: Term;
}

/** Index into `VERDICTS`, as plain numerals. */
export function verdictSql({ granted, open, waits }: Verdict): string {
  return `CASE WHEN ${granted.sql} THEN 3 WHEN ${open.sql} THEN ${openSql(waits)} ELSE 0 END`;
}

function openSql(waits: Term): string {
  return waits.literal === true ? '1' : `CASE WHEN ${waits.sql} THEN 1 ELSE 2 END`;
}

/** Fields of 2 bits whose sum still is an INTEGER. */
const SMALL_FIELDS = 15;

/** Digit of a condition that is the same for everyone; undefined where it is not. */
function digitOf({ literal }: Term): bigint | undefined {
  if (literal === undefined) return undefined;
  return literal === null ? 2n : literal === true ? 1n : 0n;
}

/** Verdict (null) and conditions as one number: a constant for the granted; where one condition alone
 *  decides, three constants; else a sum. */
export function stateSql(
  fields: readonly (Term | null)[],
  verdict: Verdict,
  bigint: string,
): string {
  const place = (at: number): bigint => 4n ** BigInt(at);
  const numeral = (value: bigint): string =>
    fields.length > SMALL_FIELDS ? `CAST(${value} AS ${bigint})` : String(value);
  const sum = (digit: (f: Term | null) => bigint): bigint =>
    fields.reduce((total, f, at) => total + digit(f) * place(at), 0n);
  const all = sum((f) => (f === null ? 3n : 1n));
  const open = fields.flatMap((f) => (f !== null && digitOf(f) === undefined ? [f] : []));
  const [only] = open;
  const { granted, waits } = verdict;
  const alone = only !== undefined && open.length === 1 && granted.sql === only.sql;
  if (alone && fields[0] === null && waits.literal === true) {
    const value = (own: bigint, code: bigint): string =>
      numeral(sum((f) => (f === null ? code : (digitOf(f) ?? own))));
    const cases = `WHEN ${only.sql} THEN ${numeral(all)} WHEN NOT ${only.sql} THEN ${value(0n, 0n)}`;
    return `CAST(CASE ${cases} ELSE ${value(2n, 1n)} END AS ${bigint})`;
  }
  const constant = sum((f) => (f === null ? 0n : (digitOf(f) ?? 0n)));
  const parts = fields.flatMap((f, at) => {
    if (f === null) return [`CASE WHEN ${verdict.open.sql} THEN ${openSql(waits)} ELSE 0 END`];
    if (digitOf(f) !== undefined) return [];
    const [holds, unknown] = [numeral(place(at)), numeral(2n * place(at))];
    return [`CASE WHEN ${f.sql} THEN ${holds} WHEN NOT ${f.sql} THEN 0 ELSE ${unknown} END`];
  });
  const others = [numeral(constant), ...parts].join(' + ');
  return `CAST(CASE WHEN ${granted.sql} THEN ${numeral(all)} ELSE ${others} END AS ${bigint})`;
}
