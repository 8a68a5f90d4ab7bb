/** The clock and the account of this machine, asked here and nowhere else: every other part is told. */
import { userInfo } from 'node:os';

const two = (n: number): string => String(n).padStart(2, '0');

/** `YYYY-MM-DD` here and now. */
export function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** `YYYY-MM-DDThh:mm:ss` here and now. */
export function thisMoment(): string {
  const now = new Date();
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(':');
  return `${today()}T${time}`;
}

/** Name of the account, for the record of who imported; `?` where the system has none. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return '?';
  }
}
