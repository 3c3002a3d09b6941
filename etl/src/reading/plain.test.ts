import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { bytesOf } from './bytes.ts';
import { scanBytes } from './plain.ts';

const folder = mkdtempSync(join(tmpdir(), 'plain-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function scan(text: string | Buffer) {
  const path = join(folder, 'x.csv');
  writeFileSync(path, text);
  return scanBytes(path);
}

test('a file is plain exactly when a slow and obvious reading says so', async () => {
  const obvious = (text: string) => {
    const body = text.replace(/^\uFEFF/, '');
    const end = body.includes('\r') ? '\r\n' : '\n';
    const lines = body.split(end);
    return (
      lines.pop() === '' &&
      lines.length > 0 &&
      lines.every(
        (line) =>
          /^[ !#-~]+$/.test(line) && !/^,+$/.test(line) && line.split(',').length === lines[0]!.split(',').length,
      )
    );
  };
  const piece = fc.constantFrom(
    'a',
    'b,c',
    ',',
    '\n',
    '\r\n',
    '\r',
    '"',
    ' ',
    'é',
    '\0',
    'x,y\n',
    'x,y\r\n',
    '\x7f',
    '\uFEFF',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 12 }), async (pieces) => {
      const text = pieces.join('');
      const { because, padded } = await scan(text);
      expect(because.size === 0, JSON.stringify([text, [...because]])).toBe(obvious(text));
      const values = text.replace(/^\uFEFF/, '').split(/\r\n|\n|,/);
      if (because.size === 0) expect(padded, JSON.stringify(text)).toBe(values.some((value) => /^ | $/.test(value)));
    }),
    { numRuns: 500 },
  );
});

test('a space around a value is seen wherever the pieces of a file end', async () => {
  const end = 1 << 20;
  const text = 'a,b\n'.repeat(end / 2);
  expect((await scan(text)).padded).toBe(false);
  for (let before = 0; before <= 5; before += 1)
    for (const value of ['x, y\n', 'x ,y\n', ' x,y\n', 'x,y \n']) {
      const lead = `${text.slice(0, end - 8)}${'c'.repeat(5 - before)},d\n`;
      expect(lead.length).toBe(end - before);
      expect((await scan(`${lead}${value}${text}`)).padded, `${value} ${before} before the end`).toBe(true);
    }
});

test('lines are counted and line ends recognised', async () => {
  expect(await scan('a,b\n1,2\n')).toMatchObject({ lines: 2, lineEnd: 'lf', finalNewline: true });
  expect(await scan('a,b\r\n1,2\r\n')).toMatchObject({ lines: 2, lineEnd: 'crlf', because: new Set() });
  expect((await scan('a,b\r\n1,2\n')).because).toEqual(new Set(['mixed line ends']));
  expect(await scan('a,b\n1,2')).toMatchObject({ lines: 2, finalNewline: false });
});

test('a decompression bomb is stopped at the limit, an honest file passes', async () => {
  const path = join(folder, 'bomb.csv.gz');
  writeFileSync(path, gzipSync(Buffer.alloc(8 << 20, 'a,b\n')));
  const limits = { bytes: 2 ** 30, ratio: 100, free: 1 << 20 };
  const read = async (limit: typeof limits) => {
    let bytes = 0;
    for await (const piece of bytesOf(path, limit)) bytes += piece.length;
    return bytes;
  };
  await expect(read(limits)).rejects.toMatchObject({ code: 'too_large' });
  await expect(read({ ...limits, ratio: 1e6, bytes: 4 << 20 })).rejects.toMatchObject({ code: 'too_large' });
  expect(await read({ ...limits, ratio: 1e6 })).toBe(8 << 20);
});

test('a damaged gzip file is refused', async () => {
  const path = join(folder, 'cut.csv.gz');
  writeFileSync(path, gzipSync('a,b\n1,2\n').subarray(0, 20));
  await expect(scanBytes(path)).rejects.toMatchObject({ code: 'unreadable' });
});
