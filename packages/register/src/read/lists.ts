/** Lists of rows that stay out whole. An import replaces the list of a parent, so good rows beside a
 *  bad one would be taken for the whole list, and money would be computed over too few of them. */
import { Seen } from './seen.ts';

export interface StaysOut {
  readonly code: 'list-row-bad' | 'list-unread';
  /** Of the bad row, as `placeOf` gives it. */
  readonly place: number;
}

export class Lists {
  readonly #short = new Seen();
  readonly #unread = new Map<string, number>();

  /** A row at `place` is bad. `table`: label of the list; `parent`: whose list it is, empty when the
   *  row does not say so: then it can be anybody's. */
  addBad(table: string, parent: string, place: number): void {
    if (parent !== '') this.#short.add(`${table}\u0000${parent}`, '', place);
    else if (!this.#unread.has(table)) this.#unread.set(table, place);
  }

  /** Why the list of `parent` stays out; undefined when it does not. */
  of(table: string, parent: string): StaysOut | undefined {
    const { first } = this.#short.of(`${table}\u0000${parent}`);
    if (first !== 0) return { code: 'list-row-bad', place: first };
    const place = this.#unread.get(table);
    return place === undefined ? undefined : { code: 'list-unread', place };
  }
}
