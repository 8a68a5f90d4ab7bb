/** A ZIP archive whose bytes depend on its contents only: no clock, no names of machines. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface Entry {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** 1980-01-01 00:00, the first moment the format knows. */
const DATE = 0x0021;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;

interface Packed {
  readonly name: Buffer;
  readonly data: Buffer;
  readonly head: Buffer;
}

function pack({ path, bytes }: Entry): Packed {
  const name = Buffer.from(path, 'utf8');
  const data = deflateRawSync(bytes, { level: 9 });
  const head = Buffer.alloc(26);
  head.writeUInt16LE(VERSION, 0);
  head.writeUInt16LE(FLAGS, 2);
  head.writeUInt16LE(8, 4);
  head.writeUInt16LE(0, 6);
  head.writeUInt16LE(DATE, 8);
  head.writeUInt32LE(crc32(bytes), 10);
  head.writeUInt32LE(data.length, 14);
  head.writeUInt32LE(bytes.length, 18);
  head.writeUInt16LE(name.length, 22);
  head.writeUInt16LE(0, 24);
  return { name, data, head };
}

const mark = (signature: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature, 0);
  return bytes;
};

/** The archive of `entries`, in their order. Source: APPNOTE.TXT 6.3. */
export function zip(entries: readonly Entry[]): Buffer {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, head } of entries.map(pack)) {
    const record = [mark(0x04034b50), head, name, data];
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const made = Buffer.alloc(2);
    made.writeUInt16LE(VERSION, 0);
    directory.push(mark(0x02014b50), made, head, rest, name);
    body.push(...record);
    offset += record.reduce((sum, part) => sum + part.length, 0);
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...body, ...directory, mark(0x06054b50), end]);
}
