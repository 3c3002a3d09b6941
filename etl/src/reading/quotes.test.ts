import { expect, test } from 'vitest';
import { wellQuoted } from './quotes.ts';

test('quotes that follow RFC 4180 are well, others are not', () => {
  for (const raw of ['a,b', '"a",b', '"a ""b""",2\n', '"",""\r\n', 'a,"b,c"', '"a\nb",c', '"a"', ',,', '']) {
    expect(wellQuoted(raw, ','), raw).toBe(true);
  }
  for (const raw of ['a"b,c', '"a"b,c', '"a', 'a,"b', '"a" ,b', 'a,b"', ' "a",b', '"a"",b']) {
    expect(wellQuoted(raw, ','), raw).toBe(false);
  }
});

test('a line end is none of the record, whichever it is', () => {
  for (const end of ['', '\n', '\r\n', '\r']) {
    expect(wellQuoted(`a,"b"${end}`, ','), JSON.stringify(end)).toBe(true);
    expect(wellQuoted(`a,""${end}`, ','), JSON.stringify(end)).toBe(true);
    expect(wellQuoted(`a,"b" ${end}`, ','), JSON.stringify(end)).toBe(false);
  }
});
