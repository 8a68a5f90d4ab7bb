/** Days as the register takes them. */
import { Refusal } from '../snapshot/refusal.ts';

/** Refusal `day-form` unless `text` is a day that exists, as `YYYY-MM-DD`. */
export function checkDay(text: string): void {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new Refusal('day-form', { text });
  }
}
