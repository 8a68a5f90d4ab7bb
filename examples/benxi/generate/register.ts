/** Facts of subjects by table, as an import would hold them. */

/** A whole number at the scale of its column (金额: 分), 是/否, a text, or a day `YYYY-MM-DD`. */
export type Fact = bigint | boolean | string;

/** By label of the column: 从业人员, `月限上零售额 2023-09`, `认定 优秀文旅演艺项目`. Absent: unknown. */
export type Facts = { [label: string]: Fact | undefined };

/** Table → identity → facts. Rows of a list (设施农业项目.贷款) carry 上级. */
export type Register = Map<string, Map<string, Facts>>;

/** The facts of a subject, made when there are none yet. */
export function factsOf(register: Register, table: string, id: string): Facts {
  const subjects = register.get(table) ?? new Map<string, Facts>();
  register.set(table, subjects);
  const facts = subjects.get(id) ?? {};
  subjects.set(id, facts);
  return facts;
}

/** Yuan, also with decimals, in 分: `yuan('199999999.99')`. */
export function yuan(text: string): bigint {
  return scaled(text, 2);
}

/** A decimal text as an integer at `scale`. Throws on digits that the scale cannot hold. */
export function scaled(text: string, scale: number): bigint {
  const [whole = '0', part = ''] = text.replaceAll(',', '').split('.');
  if (part.length > scale) throw new Error(`${text} has more than ${scale} decimals`);
  const value = BigInt(whole.replace('-', '')) * 10n ** BigInt(scale);
  const rest = BigInt(part.padEnd(scale, '0') || '0');
  return whole.startsWith('-') ? -(value + rest) : value + rest;
}

/** 10,000 yuan in 分. */
export function wan(n: number): bigint {
  return BigInt(n) * 1_000_000n;
}

/** Thousands of yuan in 分. */
export function thousand(n: number): bigint {
  return BigInt(n) * 100_000n;
}

/** An integer at `scale` as a decimal text without needless zeros; `least` decimals are kept. */
export function decimal(value: bigint, scale: number, least: number = 0): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  let part = scale === 0 ? '' : digits.slice(digits.length - scale);
  while (part.length > least && part.endsWith('0')) part = part.slice(0, -1);
  return `${value < 0n ? '-' : ''}${whole}${part === '' ? '' : `.${part}`}`;
}
