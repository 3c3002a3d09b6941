/** The length of a raw record without its line end: `\n`, `\r\n`, or the `\r` alone that csv-parse leaves of a `\r\n`. */
export function lengthWithoutEnd(raw: string): number {
  const lf = raw.endsWith('\n') ? 1 : 0;
  return raw.length - lf - (raw[raw.length - 1 - lf] === '\r' ? 1 : 0);
}

/**
 * Whether the quotes of one raw record follow RFC 4180: a field is either free of quotes, or opens and closes with one and doubles those
 * inside. `wellQuoted('1,"a ""b""",2', ',')` is true; `wellQuoted('1,a"b', ',')` is false.
 */
export function wellQuoted(raw: string, delimiter: string): boolean {
  const end = lengthWithoutEnd(raw);
  let at = raw.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at <= end) {
    if (raw[at] === '"' && at < end) {
      at = closingQuote(raw, at + 1, end) + 1;
      if (at === 0 || (at < end && raw[at] !== delimiter)) return false;
    } else {
      const next = raw.indexOf(delimiter, at);
      const stop = next < 0 || next > end ? end : next;
      const quote = raw.indexOf('"', at);
      if (quote >= 0 && quote < stop) return false;
      at = stop;
    }
    at++;
  }
  return true;
}

function closingQuote(raw: string, from: number, end: number): number {
  for (let at = raw.indexOf('"', from); at >= 0 && at < end; at = raw.indexOf('"', at + 2)) {
    if (raw[at + 1] !== '"' || at + 1 >= end) return at;
  }
  return -1;
}
