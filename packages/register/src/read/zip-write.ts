/** Writes a zip archive part by part: copies are not unpacked, new parts are packed as they come.
 *  Source: APPNOTE.TXT of PKWARE, 4.3. */
import type { FileHandle } from 'node:fs/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import { refuse } from './problem.ts';
import type { ZipArchive, ZipEntry } from './zip.ts';

interface Written {
  readonly name: Buffer;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const UTF8_NAME = 0x800;
const FULL = 0xffffffff;
// The first day that a zip archive can say; the same input gives the same bytes.
const DAY = 0x21;

function fields(w: Written): Buffer {
  const b = Buffer.alloc(26);
  b.writeUInt16LE(20, 0);
  b.writeUInt16LE(UTF8_NAME, 2);
  b.writeUInt16LE(w.method, 4);
  b.writeUInt16LE(0, 6);
  b.writeUInt16LE(DAY, 8);
  b.writeUInt32LE(w.crc, 10);
  b.writeUInt32LE(w.packed, 14);
  b.writeUInt32LE(w.size, 18);
  b.writeUInt16LE(w.name.length, 22);
  return b;
}

function signature(n: number): Buffer {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n, 0);
  return b;
}

const localHeader = (w: Written): Buffer =>
  Buffer.concat([signature(0x04034b50), fields(w), w.name]);

function centralHeader(w: Written): Buffer {
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(w.offset, 10);
  const version = Buffer.from([20, 0]);
  return Buffer.concat([signature(0x02014b50), version, fields(w), tail, w.name]);
}

export class ZipWriter {
  readonly #file: FileHandle;
  readonly #entries: Written[] = [];
  #at = 0;

  /** `file` is empty and open for writing. */
  constructor(file: FileHandle) {
    this.#file = file;
  }

  async #put(bytes: Uint8Array, at?: number): Promise<void> {
    await this.#file.write(bytes, 0, bytes.length, at ?? this.#at);
    if (at === undefined) this.#at += bytes.length;
  }

  /** Copies an entry as it is packed. */
  async copy(from: ZipArchive, entry: ZipEntry): Promise<void> {
    const { method, crc, packed, size } = entry;
    const name = Buffer.from(entry.name);
    const written = { name, method, crc, packed, size, offset: this.#at };
    await this.#put(localHeader(written));
    for await (const chunk of from.raw(entry)) await this.#put(chunk);
    this.#entries.push(written);
  }

  /** Packs a new part. */
  async add(entryName: string, text: AsyncIterable<string>): Promise<void> {
    const name = Buffer.from(entryName);
    const offset = this.#at;
    const empty = { name, method: 8, crc: 0, packed: 0, size: 0, offset };
    await this.#put(localHeader(empty));
    let [crc, size, packed] = [0, 0, 0];
    const deflate = createDeflateRaw({ level: 6 });
    const feeding = (async () => {
      for await (const piece of text) {
        const bytes = Buffer.from(piece);
        crc = crc32(bytes, crc);
        size += bytes.length;
        if (!deflate.write(bytes)) await new Promise((go) => void deflate.once('drain', go));
      }
      deflate.end();
    })();
    feeding.catch((e: unknown) => deflate.destroy(e as Error));
    for await (const chunk of deflate) {
      packed += (chunk as Buffer).length;
      await this.#put(chunk as Buffer);
    }
    await feeding;
    if (size > FULL || this.#at > FULL)
      refuse('file-large', { size: '> 4096 MB', limit: '4096 MB' });
    const written = { ...empty, crc, packed, size };
    await this.#put(localHeader(written), offset);
    this.#entries.push(written);
  }

  /** Writes the directory. The file stays open. */
  async finish(): Promise<void> {
    const start = this.#at;
    for (const e of this.#entries) await this.#put(centralHeader(e));
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(this.#entries.length, 8);
    end.writeUInt16LE(this.#entries.length, 10);
    end.writeUInt32LE(this.#at - start, 12);
    end.writeUInt32LE(start, 16);
    await this.#put(end);
  }
}
