import { inflateRawSync } from 'node:zlib';

interface Entry {
  name: string;
  method: number;
  encrypted: boolean;
  data: Buffer;
}

/** The entries of a ZIP archive by its central directory, or null when it is none. Sizes that it states are not believed. */
export function zipEntries(bytes: Buffer): Entry[] | null {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > bytes.length) return null;
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return null;
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = bytes.readUInt32LE(at + 42);
    if (local + 30 > bytes.length) return null;
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      data: bytes.subarray(from, from + bytes.readUInt32LE(at + 20)),
    });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

/** Whether all entries together expand to at most so many bytes; each is inflated, and let go, to know. */
export function expandsWithin(entries: readonly Entry[], most: number): boolean {
  let left = most;
  for (const { method, data } of entries) {
    try {
      left -= method === 0 ? data.length : inflateRawSync(data, { maxOutputLength: Math.max(1, left) }).length;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return false;
      throw error;
    }
    if (left < 0) return false;
  }
  return true;
}
