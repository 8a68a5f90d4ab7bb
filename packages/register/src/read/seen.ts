/** Which identities a file brings more than once: a compact table of hashes, 25 bytes a slot. */

function mixed(h: number): number {
  const m = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (m ^ (m >>> 12)) >>> 0;
}

/** The two halves of a hash of 64 bits, in `HASH`. */
function hash(text: string): void {
  let a = 0x811c9dc5;
  let b = 0x2f0b4c47;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x85ebca6b) + i;
  }
  HASH[0] = mixed(a);
  HASH[1] = mixed(b);
}

const HASH: Uint32Array = new Uint32Array(2);

const WIDTH = 6;

/** Rows that share an identity. Places are numbers of the caller. */
export interface Shared {
  readonly first: number;
  /** 0: there is no second one. */
  readonly second: number;
  /** Not all say the same. */
  readonly differs: boolean;
}

export class Seen {
  #slots: Uint32Array = new Uint32Array(1024 * WIDTH);
  #differs: Uint8Array = new Uint8Array(1024);
  #size = 1024;
  #count = 0;

  /** Slot of the key with these hashes, or the free one where it belongs. */
  #find(slots: Uint32Array, size: number, a: number, b: number): number {
    let at = a & (size - 1);
    for (;;) {
      const i = at * WIDTH;
      if (slots[i + 4] === 0 || (slots[i] === a && slots[i + 1] === b)) return at;
      at = (at + 1) & (size - 1);
    }
  }

  #grow(): void {
    const size = this.#size * 2;
    const slots = new Uint32Array(size * WIDTH);
    const differs = new Uint8Array(size);
    for (let at = 0; at < this.#size; at++) {
      const i = at * WIDTH;
      if (this.#slots[i + 4] === 0) continue;
      const to = this.#find(slots, size, this.#slots[i] ?? 0, this.#slots[i + 1] ?? 0);
      slots.set(this.#slots.subarray(i, i + WIDTH), to * WIDTH);
      differs[to] = this.#differs[at] ?? 0;
    }
    [this.#slots, this.#differs, this.#size] = [slots, differs, size];
  }

  /** A row at `place` (1 to 2^32 - 1) with the identity `key` says `content`. */
  add(key: string, content: string, place: number): void {
    if (this.#count * 2 > this.#size) this.#grow();
    hash(key);
    const [a = 0, b = 0] = HASH;
    hash(content);
    const [c = 0, d = 0] = HASH;
    const at = this.#find(this.#slots, this.#size, a, b);
    const i = at * WIDTH;
    if (this.#slots[i + 4] === 0) {
      const slots = this.#slots;
      slots[i] = a;
      slots[i + 1] = b;
      slots[i + 2] = c;
      slots[i + 3] = d;
      slots[i + 4] = place;
      this.#count++;
      return;
    }
    if (this.#slots[i + 5] === 0) this.#slots[i + 5] = place;
    if (this.#slots[i + 2] !== c || this.#slots[i + 3] !== d) this.#differs[at] = 1;
  }

  /** Who shares the identity `key`; `first` is 0 when it was never added. */
  of(key: string): Shared {
    hash(key);
    const [a = 0, b = 0] = HASH;
    const at = this.#find(this.#slots, this.#size, a, b);
    const i = at * WIDTH;
    const [first = 0, second = 0] = [this.#slots[i + 4], this.#slots[i + 5]];
    return { first, second, differs: this.#differs[at] === 1 };
  }
}
