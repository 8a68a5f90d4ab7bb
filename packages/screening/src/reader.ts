/** A finished run to look things up in: the rows of an item, who waits for a fact, one subject's proof. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '@zhida/register';
import { explain, prepare } from '@zhida/rules';
import type { Engine, Explanation, Provenance, RuleSet, Subject } from '@zhida/rules';
import { VERDICTS, bitsOf, unpacked, verdictSql } from './layout.ts';
import type { StoredItem } from './layout.ts';
import { aloneSql, bitsFor, keyOf, waitsSql } from './missing.ts';
import { LABELS } from './plans.ts';
import type { Labels } from './plans.ts';
import { reasonsOf } from './reasons.ts';
import { RunError } from './run-folder.ts';
import type { Run } from './run-folder.ts';
import { Duck, bigOrNull, quoteText, text } from './duck.ts';
import type { Row } from './duck.ts';
import { districtOf, labelView, openResult, payeeEntity } from './stored.ts';
import type { Stored } from './stored.ts';
import { Subjects } from './subject.ts';
import type { Verdict } from './run-head.ts';
import type { MissingRow, ResultRow, Waiting } from './summary.ts';

export interface ReaderOptions {
  /** The package of the run, and the snapshot that it was made over. */
  readonly ruleSet: RuleSet;
  readonly snapshot: Snapshot;
  readonly labels?: Labels;
  readonly memory?: string;
  readonly signal?: AbortSignal;
}

/** Which rows of an item; all when nothing is said. */
export interface RowsAsked {
  readonly verdicts?: readonly Verdict[];
  /** `''`: those whose district is not known. */
  readonly district?: string;
  readonly limit?: number;
  readonly offset?: number;
  readonly language?: 'zh' | 'en';
}

function page({ limit, offset }: { readonly limit?: number; readonly offset?: number }): string {
  return `${limit === undefined ? '' : ` LIMIT ${limit}`}${offset === undefined ? '' : ` OFFSET ${offset}`}`;
}

function sameQuestion(run: Run, { ruleSet, snapshot }: ReaderOptions): void {
  const { package: made, snapshot: over } = run.head;
  if (made.hash !== ruleSet.hash) {
    throw new RunError('package-differs', { wanted: made.hash, found: ruleSet.hash });
  }
  if (over !== snapshot.hash) {
    throw new RunError('snapshot-differs', { wanted: over, found: snapshot.hash });
  }
}

export class RunReader {
  readonly run: Run;
  readonly #o: ReaderOptions;
  readonly #labels: Labels;
  readonly #duck: Duck;
  readonly #spill: string;
  readonly #engine: Engine;
  readonly #subjects: Subjects;
  readonly #results: ReadonlyMap<string, Stored>;

  private constructor(
    run: Run,
    o: ReaderOptions,
    duck: Duck,
    spill: string,
    results: ReadonlyMap<string, Stored>,
  ) {
    this.run = run;
    this.#o = o;
    this.#labels = o.labels ?? LABELS;
    this.#duck = duck;
    this.#spill = spill;
    const readings = new Map(run.head.readings.map((r) => [r.id, r.key]));
    this.#engine = prepare(o.ruleSet, readings);
    this.#subjects = new Subjects(duck, o.ruleSet, o.snapshot);
    this.#results = results;
  }

  /** Throws RunError when package or snapshot are not those of the run. */
  static async open(run: Run, o: ReaderOptions): Promise<RunReader> {
    sameQuestion(run, o);
    const spill = mkdtempSync(join(tmpdir(), 'zhida-read-'));
    const duck = await Duck.open({
      spill,
      memory: o.memory ?? '1GB',
      ...(o.signal === undefined ? {} : { signal: o.signal }),
    });
    const results = new Map<string, Stored>();
    for (const e of run.manifest.entities) {
      results.set(e.entity, await openResult(duck, run.folder, e));
    }
    return new RunReader(run, o, duck, spill, results);
  }

  close(): void {
    this.#duck.close();
    rmSync(this.#spill, { recursive: true, force: true });
  }

  #item(name: string): { readonly stored: Stored; readonly item: StoredItem } {
    for (const stored of this.#results.values()) {
      const item = stored.result.layout.items.find((i) => i.item === name);
      if (item !== undefined) return { stored, item };
    }
    throw new RunError('no-item', { item: name, known: this.run.head.items.join('、') });
  }

  /** Rows of an item in the order of identities, some thousands at a time, with their reasons. */
  async *rows(item: string, asked: RowsAsked = {}): AsyncGenerator<readonly ResultRow[]> {
    const { stored, item: own } = this.#item(item);
    const { ruleSet, snapshot } = this.#o;
    const rule = ruleSet.items.find((i) => i.name === item);
    if (rule === undefined) throw new RunError('no-item', { item, known: '' });
    const from = await districtOf(this.#duck, this.#o, stored, { rule, stored: own }, this.#labels);
    const names = await labelView(this.#duck, ruleSet, snapshot, rule.entity, this.#labels);
    const payees =
      own.payee === null
        ? names
        : await labelView(this.#duck, ruleSet, snapshot, payeeEntity(ruleSet, rule), this.#labels);
    const codes = (asked.verdicts ?? []).map((v) => VERDICTS.indexOf(v));
    const tests = [
      ...(codes.length === 0 ? [] : [`${verdictSql(own)} IN (${codes.join(', ')})`]),
      ...(asked.district === undefined
        ? []
        : [`COALESCE(${from.sql}, '') = ${quoteText(asked.district)}`]),
    ];
    const where = tests.length === 0 ? '' : `WHERE ${tests.join(' AND ')}`;
    const paid = own.payee === null ? 'r.id' : `r.${own.payee}`;
    const sql = `SELECT r.*, ${paid} AS paid, ${from.sql} AS place, own.name AS own_name, paid.name AS paid_name
      FROM ${from.from} LEFT JOIN ${names} own ON own.id = r.id LEFT JOIN ${payees} paid ON paid.id = ${paid}
      ${where} ORDER BY r.id${page(asked)}`;
    const language = asked.language ?? 'zh';
    for await (const rows of this.#duck.batches(sql)) {
      yield rows.map((row) => this.#resultRow(stored, own, row, language));
    }
  }

  #resultRow(stored: Stored, item: StoredItem, row: Row, language: 'zh' | 'en'): ResultRow {
    const bits = (columns: readonly { readonly column: string }[]): readonly bigint[] =>
      columns.map((c) => bigOrNull(row[c.column]) ?? 0n);
    const { verdict: code, conditions } = unpacked(
      item,
      item.states.map((s) => bigOrNull(row[s]) ?? 0n),
    );
    const verdict = VERDICTS[code] ?? '不满足';
    const money = item.money === null ? null : bigOrNull(row[item.money]);
    const granted = verdict === '满足';
    const codes = {
      item: item.item,
      verdict,
      conditions,
      missing: bitsOf(item.missing, bits(item.missing)),
      pending: bitsOf(item.pending, bits(item.pending)),
    };
    return {
      ...codes,
      entity: stored.result.entity,
      itemId: item.itemId,
      id: text(row['id']),
      name: text(row['own_name']),
      district: text(row['place']),
      payee: text(row['paid']),
      payeeName: text(row['paid_name']),
      amountFen: granted ? money : null,
      hardFen: item.hard === null || !granted ? null : bigOrNull(row[item.hard]),
      potentialFen: granted || verdict === '不满足' ? null : money,
      caps: granted
        ? item.caps.map(({ cap, keys, limit }) => ({
            cap,
            key: keys.map((k) => text(row[k])),
            limitFen: bigOrNull(row[limit]),
          }))
        : [],
      reasons: reasonsOf(codes, this.#o.ruleSet, language),
    };
  }

  /** Who waits for a row of the 缺数清单, those who could be paid most first. */
  async waiting(
    wanted: Pick<MissingRow, 'kind' | 'path' | 'month'>,
    asked: { readonly limit?: number; readonly offset?: number } = {},
  ): Promise<readonly Waiting[]> {
    const parts: string[] = [];
    for (const stored of this.#results.values()) {
      for (const item of stored.result.layout.items) {
        const bits = bitsFor(item, this.#o.ruleSet).filter(
          (b) => keyOf(b.wanted) === keyOf(wanted),
        );
        const { entity } = stored.result;
        for (const bit of bits) {
          const names = await labelView(
            this.#duck,
            this.#o.ruleSet,
            this.#o.snapshot,
            entity,
            this.#labels,
          );
          parts.push(
            `SELECT ${quoteText(entity)} AS entity, r.id, n.name, n.district, ${quoteText(item.item)} AS item,
             ${aloneSql(item, bit)} AS alone, ${item.money ?? 'CAST(NULL AS BIGINT)'} AS fen
             FROM ${stored.view} r LEFT JOIN ${names} n ON n.id = r.id WHERE ${waitsSql(item, bit)}`,
          );
        }
      }
    }
    if (parts.length === 0) return [];
    const order = 'ORDER BY fen DESC NULLS LAST, entity, id, item';
    const rows = await this.#duck.rows(`${parts.join(' UNION ALL ')} ${order}${page(asked)}`);
    return rows.map((row) => ({
      entity: text(row['entity']),
      id: text(row['id']),
      name: text(row['name']),
      district: text(row['district']),
      item: text(row['item']),
      alone: row['alone'] === true,
      potentialFen: bigOrNull(row['fen']),
    }));
  }

  /** One subject as the rules engine takes it. Throws RunError when the snapshot has none. */
  async subject(entity: string, id: string): Promise<Subject> {
    const found = await this.#subjects.read(entity, [id]);
    const subject = found.get(id);
    if (subject === undefined) throw new RunError('no-subject', { entity, id });
    return subject;
  }

  /** One subject decided again by the rules engine, item by item, with every number and sentence.
   *  `provenance`: where its facts come from, by path. */
  async proofOf(
    entity: string,
    id: string,
    {
      language = 'zh',
      provenance = new Map<string, Provenance>(),
    }: {
      readonly language?: 'zh' | 'en';
      readonly provenance?: ReadonlyMap<string, Provenance>;
    } = {},
  ): Promise<readonly Explanation[]> {
    const subject = await this.subject(entity, id);
    const { items, asOf } = this.run.head;
    return this.#o.ruleSet.items
      .filter((i) => i.entity === entity && items.includes(i.name))
      .map((i) => explain(this.#engine, i, subject, asOf, provenance, language));
  }
}
