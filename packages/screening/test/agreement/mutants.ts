/** Wrong compilers: slips that somebody could make in `packages/rules/src/sql`, as replacements of a
 *  text that stands there exactly once. */

export interface Mutant {
  readonly name: string;
  /** In `packages/rules/src/sql`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

function mutant(name: string, file: string, find: string, replace: string): Mutant {
  return { name, file: `${file}.ts`, find, replace };
}

/** Tried in every run of the tests. */
export const mutants: readonly Mutant[] = [
  mutant(
    'an unknown test of `if` chooses the second branch',
    'expression',
    `        [t.not(named), no],
      ],
      nothing,`,
    `        [t.boolean(true), no],
      ],
      nothing,`,
  ),
  mutant(
    'floor rounds halves up',
    'rounding',
    'return t.idiv(n, d);',
    'return t.idiv(t.add(twice, d), both);',
  ),
  mutant(
    'half up rounds halves down',
    'rounding',
    'return t.idiv(t.add(twice, d), both);',
    'return t.idiv(t.subtract(t.add(twice, d), t.integer(1n)), both);',
  ),
  mutant(
    'half up rounds halves to even',
    'rounding',
    'return t.idiv(t.add(twice, d), both);',
    "return upward(t, n, d, 'half even');",
  ),
  mutant('floor goes towards zero', 'rounding', "floor: 'ceiling',", "floor: 'floor',"),
  mutant('an upper bound is never its own', 'expression', "'<' : '<='", "'<' : '<'"),
  mutant('a lower bound is never its own', 'expression', "x.loOpen ? '>' : '>='", "'>'"),
  mutant(
    'bounds are one step higher',
    'expression',
    'number(BigInt(text))',
    'number(BigInt(text) + 1n)',
  ),
  mutant(
    'division is done with floating point',
    'dialect',
    'idiv: (a, b) => `(${a} // ${b})`',
    'idiv: (a, b) => `CAST(floor(${a} / ${b}) AS HUGEINT)`',
  ),
  mutant(
    'a month without a figure counts as 0',
    'expression',
    'reduce((all, m) => t.add(all, m))',
    'reduce((all, m) => t.add(all, t.either(m, t.integer(0n))), t.integer(0n))',
  ),
  mutant(
    '`or` is `and`',
    'expression',
    'return t.or(e.items.map((i) => this.term(i)));',
    'return t.and(e.items.map((i) => this.term(i)));',
  ),
  mutant(
    'an unknown list is an empty one',
    'expression',
    'const known = t.isKnown(list.count);',
    'const known = t.boolean(true);',
  ),
  mutant(
    '首个 passes over open rows',
    'table',
    '[hit, [terms.isNull(row), nothing]] : [hit]',
    '[hit] : [hit]',
  ),
  mutant(
    '唯一 waits at open rows',
    'table',
    "return t.hit === '首个' && !row.known ? [hit, [terms.isNull(row), nothing]]",
    'return !row.known ? [hit, [terms.isNull(row), nothing]]',
  ),
  mutant(
    'bits are one too high',
    'compile',
    '2n ** BigInt(n)} ELSE 0',
    '2n ** BigInt(n + 1)} ELSE 0',
  ),
  mutant(
    'rows that are out of reach count for the potential',
    'bounds',
    'can: terms.and(t.inputs.map((i, n) => this.#possible(i, r.tests[n] ?? [])))',
    'can: terms.boolean(true)',
  ),
  mutant('products are not widened', 'term', 'return wide && !a.wide ?', 'return wide && a.wide ?'),
  mutant(
    'references are joined by the wrong column',
    'source',
    '`${alias}.id = ${from.alias}.${column.name}`',
    '`${alias}.id = ${from.alias}.id`',
  ),
  mutant('an unknown test holds', 'term', 'COALESCE(${a.sql}, FALSE)', 'COALESCE(${a.sql}, TRUE)'),
  mutant('min is max', 'expression', "k === 'min' ? '<=' : '>='", "k === 'max' ? '<=' : '>='"),
  mutant(
    '满足 with 0 元',
    'compile',
    "t.compare('>', amount, t.integer(0n)) : t.isKnown(amount)",
    "t.compare('>=', amount, t.integer(0n)) : t.isKnown(amount)",
  ),
  mutant(
    'a cap whose condition is unknown does not hold',
    'compile',
    't.not(t.surely(t.not(applies)))',
    't.surely(applies)',
  ),
  mutant(
    'a parameter holds from the day after',
    'expression',
    "t.compare('>=', date, t.day(r.from))",
    "t.compare('>', date, t.day(r.from))",
  ),
  mutant(
    'what is missing ignores where it is asked',
    'missing',
    'this.#walk(e.yes, [...here, t.surely(test)]);',
    'this.#walk(e.yes, here);',
  ),
  mutant(
    'the amount may be open where a condition fails',
    'compile',
    't.or([t.isNull(all), t.and([all, t.isNull(amount)])])',
    't.or([t.isNull(all), t.isNull(amount)])',
  ),
];

/** Tried by `node bench/agreement.ts --mutants`. */
export const moreMutants: readonly Mutant[] = [
  mutant(
    'half even rounds halves up',
    'rounding',
    'return t.choose([[odd, down]], up);',
    'return up;',
  ),
  mutant(
    'half down rounds halves up',
    'rounding',
    `case 'half down':
      return t.idiv(t.subtract(t.add(twice, d), t.integer(1n)), both);`,
    `case 'half down':
      return t.idiv(t.add(twice, d), both);`,
  ),
  mutant(
    'ceiling adds one to what is whole',
    'rounding',
    't.idiv(t.subtract(t.add(n, d), t.integer(1n)), d)',
    't.idiv(t.add(n, d), d)',
  ),
  mutant(
    'a divisor of nothing divides',
    'rounding',
    "t.boolean(true) : t.compare('>', d, zero);",
    "t.boolean(true) : t.compare('!=', d, zero);",
  ),
  mutant('parameters are read from the oldest', 'expression', 'p.rows.toReversed()', 'p.rows'),
  mutant(
    'a ratio over nothing is compared',
    'expression',
    "t.choose([[t.compare('>', d, t.integer(0n)), holds]]",
    "t.choose([[t.compare('>=', d, t.integer(0n)), holds]]",
  ),
  mutant(
    'a ratio is compared at the wrong scale',
    'expression',
    'const left = t.multiply(n, t.integer(pow10(Math.max(0, scale))));',
    'const left = t.multiply(n, t.integer(pow10(Math.max(1, scale))));',
  ),
  mutant(
    'an open row is asked for though a row before it hits',
    'missing',
    "const before = t.hit === '首个' ?",
    "const before = t.hit === '唯一' ?",
  ),
  mutant(
    'every input of a table is asked for',
    'missing',
    "if (!(row.tests[i] ?? []).some((test) => test.k !== 'any')) return [];",
    '',
  ),
  mutant(
    'a judgement is asked for wherever it stands',
    'missing',
    'this.#wantGate(e.gate, here);',
    'this.#wantGate(e.gate, [open]);',
  ),
  mutant(
    'a fact is asked for wherever it stands',
    'missing',
    'this.#fact(e, here);',
    'this.#fact(e, [open]);',
  ),
  mutant('a known month is asked for', 'missing', '[...guard, t.isNull(column)]', 'guard'),
  mutant(
    'who knows whose it is asks for it',
    'columns',
    'when: t.and([...resolved, t.isNull(reference)])',
    'when: t.isNull(reference)',
  ),
  mutant(
    'a wrong reference is an unknown one',
    'columns',
    'const when = t.and(places.map((p) => t.not(p.when)));',
    'const when = t.and(resolved);',
  ),
  mutant(
    'one known row makes a sum known',
    'columns',
    '`COUNT(*) = COUNT(${body.sql})`',
    '`COUNT(${body.sql}) > 0`',
  ),
  mutant('rows wait together', 'dialect', '`BOOL_OR(${condition})`', '`BOOL_AND(${condition})`'),
  mutant('an empty list is not asked for', 'missing', 't.or([unknown, list.isEmpty()])', 'unknown'),
  mutant(
    'the hard limit is the highest',
    'compile',
    "[t.compare('<', y, x), y]",
    "[t.compare('>', y, x), y]",
  ),
  mutant(
    'a given table earns though it is unknown',
    'expression',
    "return t.choose([[t.isKnown(given), t.boolean(true)]], t.nothing('boolean'));",
    'return t.boolean(true);',
  ),
  mutant(
    'bands that leave out their common bound are one',
    'table',
    '!(last.hiOpen && next.loOpen)',
    'true',
  ),
  mutant('a merged band ends as its first', 'table', 'hiOpen: next.hiOpen', 'hiOpen: last.hiOpen'),
  mutant(
    'no row hits where the input is unknown',
    'table',
    'return terms.not(x.isNull(input));',
    'return terms.boolean(true);',
  ),
  mutant('最大 is 最小', 'table', "t.hit === '最大' ? '>' : '<'", "t.hit === '最小' ? '>' : '<'"),
  mutant(
    'a row that gives something unknown gives nothing',
    'table',
    '...paying.map(({ hits, out }) => terms.and([terms.surely(hits), terms.isNull(out)])),',
    '',
  ),
  mutant(
    'a table earns while a row before is open',
    'table',
    '[hit, [terms.isNull(row), whileOpen]] : [hit]',
    '[hit] : [hit]',
  ),
  mutant(
    'an open table without a paying row is open',
    'table',
    'terms.choose([[hopeless, terms.boolean(false)]], unknown)',
    'unknown',
  ),
  mutant(
    '其余 that pays nothing pays',
    'table',
    'terms.boolean(t.rest !== undefined && t.rest !== null)',
    'terms.boolean(t.rest !== undefined)',
  ),
  mutant('days are counted backwards', 'dialect', '`(${to} - ${from})`', '`(${from} - ${to})`'),
  mutant(
    'the potential of a product takes the near side',
    'bounds',
    "[t.compare('>', e, zero), t.multiply(e, h)]",
    "[t.compare('>', e, zero), t.multiply(e, lo)]",
  ),
  mutant(
    'an open month has no potential',
    'bounds',
    't.add(sum, t.either(m, zero))',
    't.add(sum, m)',
  ),
  mutant(
    'a potential can be below zero',
    'compile',
    "t.choose([[t.compare('<', named, zero), zero]], named)",
    'named',
  ),
  mutant('a floor has a potential', 'compile', " || item.nature === '下限'", ''),
  mutant('a switched reading is not', 'compile', 'chosen.get(i.id) ?? i.chosen', 'i.chosen'),
  mutant(
    'an operand is left out that says something new',
    'term',
    'o?.op !== other || !o.sql.some((x) => said.has(x))',
    'o?.op !== other',
  ),
  mutant(
    'a sum is unknown with its first operand only',
    'term',
    'open.every((t) => t.nullWith === first?.nullWith) ?',
    'open.some((t) => t.nullWith === first?.nullWith) ?',
  ),
  mutant(
    'one endless row of a table is passed over',
    'bounds',
    't.choose([[endless, nothing]], t.either(folded, t.integer(0n)))',
    't.either(folded, t.integer(0n))',
  ),
  mutant(
    'a table out of reach has no potential',
    'bounds',
    't.either(folded, t.integer(0n)))',
    'folded)',
  ),
  mutant(
    'what is bounded by one operand is not',
    'bounds',
    "const lenient = (k === 'max') === (side === 'lo');",
    'const lenient = false;',
  ),
  mutant(
    'a value too wide is cut off',
    'term',
    'if (!a.wide || !isNarrow(a.lo, a.hi)) return a;',
    'if (!a.wide) return a;',
  ),
  mutant('sums of 19 digits are narrow', 'term', 'hi <= NARROW;', 'hi <= NARROW * 4n;'),
  mutant(
    'known are the rows whose test fails',
    'expression',
    't.choose([[body, t.integer(1n)]], t.integer(0n))',
    't.choose([[t.not(body), t.integer(1n)]], t.integer(0n))',
  ),
  mutant(
    'the least of the rows is their greatest',
    'columns',
    '`${fn.toUpperCase()}(${body.sql})`',
    "`${fn === 'min' ? 'MAX' : 'MIN'}(${body.sql})`",
  ),
  mutant(
    'whom nobody names is paid',
    'compile',
    "`COALESCE(${sql}, '?')`",
    '`COALESCE(${sql}, id)`',
  ),
  mutant(
    'an unknown part of a key is empty',
    'compile',
    "AS ${t.dialect.text}), '?')`",
    "AS ${t.dialect.text}), '')`",
  ),
  mutant(
    'a fact that can be negative is not',
    'bounds',
    'e.facts.filter((f) => !f.negative)',
    'e.facts.filter(() => true)',
  ),
  mutant('a negative number has no width', 'source', 'lo: column.negative ? -most : 0n', 'lo: 0n'),
  mutant(
    'who refers to nobody is lost',
    'source',
    '`LEFT JOIN ${table.name} AS ${alias} ON ${on}`',
    '`JOIN ${table.name} AS ${alias} ON ${on}`',
  ),
  mutant(
    'an unknown condition is packed as failed',
    'state',
    'WHEN NOT ${f.sql} THEN 0 ELSE ${unknown} END',
    'WHEN NOT ${f.sql} THEN 0 ELSE 0 END',
  ),
  mutant(
    'what waits for a judgement waits for a fact',
    'state',
    '`CASE WHEN ${waits.sql} THEN 1 ELSE 2 END`',
    "'1'",
  ),
  mutant('the money of the undecided is lost', 'compile', '[open, most ?? nothing],', ''),
  mutant('a state has one field too many', 'compile', 'const FIELDS = 31;', 'const FIELDS = 33;'),
  mutant('a bitmap has two bits too many', 'compile', 'const BITS = 62;', 'const BITS = 64;'),
  mutant(
    'a number that does not fit is kept',
    'compile',
    'this.#columns.terms.fitted(value).sql',
    'this.#columns.terms.narrowed(value).sql',
  ),
];
