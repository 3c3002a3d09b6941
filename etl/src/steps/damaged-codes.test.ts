import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { checking, csvOf } from '../../test/checking.ts';
import { toLedger } from '../../test/workshop.ts';
import { collectPublished } from '../extracts/published/collect.ts';
import type { Extract } from '../extracts/extract.ts';
import { suppliedExtracts } from '../extracts/index.ts';
import { check } from './check.ts';
import { receive } from './receive.ts';
import { loadReference } from './reference.ts';

/** What a spreadsheet, or saving in another encoding, makes of codes of organisations, sites and occupations. */
const damaged = [
  // 1E5, 12E02, 5E12 and 2E3 read as numbers, and saved as they are shown or in full
  ...['1E+05', '1.00E+05', '100000', '1.2E+03', '1200', '5E+12', '5000000000000', '2.00E+03', '2000', '1e5'],
  // leading zeros lost: 007, 0012, 00301, 08E2; numbers with what a cell shows of them
  ...['7', '12', '301', '8', '800', '7.0', '12.00', '1,200', '-12', '£12.00', '12%', '301 '],
  // MAR1, DEC01, SEP12, 2-3, JUN05, 1/4 as dates, by name, as shown and by day number
  ...['01-Mar', '1-Mar', 'Mar-01', '1/3', '46082', '01-Dec', 'Dec-01', '12-Sep', 'Sep-12'],
  ...['02-Mar', '03-Feb', '05-Jun', 'Jun-05', '01-Apr', '45383', 'MAR1', 'DEC01', 'SEP12', 'JUN05'],
  // errors and truth values of cells
  ...['#N/A', '#NAME?', '#REF!', '#VALUE!', '########', 'TRUE', 'FALSE', 'NULL', 'NaN'],
  // a byte order mark, a no-break space or a quote read in another encoding, letters of another alphabet, full width, other case
  ...[
    'ï»¿RXY',
    'Â RXY',
    'RXYÂ',
    'RÃ˜Y',
    'â€˜RXY',
    'RX?',
    'RХY',
    'ＲＸＹ',
    'R\u00a0XY',
    ' RXY',
    'rxy',
    'RXY;',
    "'RXY",
    '"RXY"',
  ],
];

/** Columns whose codes are in no list when they arrive: whatever they name counts nobody. */
const open = [
  // the list itself, and its ends
  ...['organisations.code', 'successions.old_code', 'successions.new_code'],
  // an override is for codes that no list has
  ...['overrides.occupation_code'],
];
/** Rows whose code means something, where others are kept as of an unknown one, which every release tells of and no figure of the workforce counts. */
const named: Record<string, string> = {
  'workforce.occupation_code': `post where kind <> 'unknown'`,
  'training.standard_code': 'training where standard_code in (select code from apprenticeship_standard)',
};
const columns = suppliedExtracts.flatMap((extract) =>
  extract.columns
    .filter(({ kind, name }) => kind === 'reference' && !open.includes(`${extract.name}.${name}`))
    .map(({ name }) => [extract, name] as const),
);

/** One row for each code in the place of the column’s own, whole otherwise; and one as it should be. */
function fileOf(extract: Extract, column: string): string {
  const good = Object.fromEntries(extract.columns.map(({ name, example }) => [name, example]));
  const own = (i: number) => ({
    ...good,
    ...('person_id' in good && { person_id: `P${i}` }),
    ...(extract.name === 'overrides' && { occupation_code: `X${String(i).padStart(2, '0')}` }),
    ...('assignment_id' in good && { assignment_id: `A${i}` }),
    ...(extract.name === 'organisations' && column !== 'code' && { code: `ORG${i}` }),
  });
  const quoted = (code: string) => `"${code.replaceAll('"', '""')}"`;
  return csvOf([...damaged.map((code, i) => ({ ...own(i), [column]: quoted(code) })), own(damaged.length)]);
}

it('there are more than fifty', () => expect(new Set(damaged).size).toBeGreaterThan(50));

describe.each(columns.map(([extract, column]) => [`${extract.name}.${column}`, extract, column] as const))(
  'codes that a spreadsheet damaged, in %s',
  (_, extract, column) => {
    let files: Awaited<ReturnType<typeof checking>>;
    beforeAll(async () => {
      files = await checking();
    });
    afterAll(() => files.close());

    it('name nothing, and the whole one does', async () => {
      const { connection } = files;
      const { files: received, refusals } = await receive([files.write('sent.csv', fileOf(extract, column))]);
      expect(refusals).toEqual([]);
      const { read } = await check(received[0]!, connection);
      expect(read).toBe(damaged.length + 1);
      await collectPublished(connection);
      await loadReference(connection);
      await connection.run(
        `insert into organisation (code, label, nation, in_use_from) values ('RJ1', 'Trust', 'england', '1900-01-01')`,
      );
      await toLedger(connection);
      const [row] = await rowsOf<{ named: number; quarantined: number; kept: number }>(
        connection,
        `select (select count(*)::integer from ${named[`${extract.name}.${column}`] ?? extract.name}) as named,
           (select count(distinct line)::integer from quarantine) as quarantined, (select count(*)::integer from ${extract.name}) as kept`,
      );
      expect(row).toMatchObject({ named: 1, quarantined: read - row!.kept });
    });
  },
);
