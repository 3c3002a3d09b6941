import { afterAll, describe, expect, test } from 'vitest';
import { sharedData } from '@ahp/sql/shared-data';
import { checking } from '../../test/checking.ts';
import { check } from '../steps/check.ts';
import { receive } from '../steps/receive.ts';
import { layouts } from '../layouts/index.ts';

const { write, connection, all, load, close } = await checking();
afterAll(close);

const lineEnds = { LF: ['\n'], CRLF: ['\r\n'], CR: ['\r'], mixed: ['\r\n', '\n'] };
const quotings = ['none', 'first', 'last', 'all'] as const;
const embedded = { nothing: 'x', separator: 'a, b', quote: 'a "b" c', empty: '', 'line break': 'a\nb', CRLF: 'a\r\nb' };

/** Two ordinary rows in the words of each supplier; the last column may be blank, and is in the second row. */
const suppliers: Record<string, { header: string[]; rows: string[][] }> = {
  contract: {
    header:
      'period_end,person_id,assignment_id,organisation_code,occupation_code,band,contracted_fte,assignment_status,contract_type,sex,ethnic_group,age_band,disability'.split(
        ',',
      ),
    rows: ['1,no', '2,'].map((end) =>
      `2026-03-31,P${end[0]},A1,RJ1,S9E,3,0.8,active,permanent,female,A,35_44,${end.slice(2)}`.split(','),
    ),
  },
  wmds: {
    header:
      'CENSUS_DATE,PERSON_PSEUDONYM,ASSIGNMENT_PSEUDONYM,WORKPLACE_ORG_CODE,OCCUPATION_CODE,GRADE,CONTRACTED_FTE,STATUS,TYPE_OF_CONTRACT,GENDER,ETHNIC_ORIGIN,AGE_BAND,JOB_ROLE,DISABILITY'.split(
        ',',
      ),
    rows: ['1,N', '2,'].map((end) =>
      `31/03/2026,P${end[0]},A1,RJ1,S9E,Band 3,0.8,active,permanent,F,A,35-44,x,${end.slice(2)}`.split(','),
    ),
  },
  'esr-warehouse': {
    header:
      'Tm End Date,Person Pseudonym,Assignment Pseudonym,Ocs Code,Occupation Code,AfC Band,Contracted Wte,Status,Asg Type Of Contract,Gender,Ethnic Origin,Age Band,Nationality,Disabled'.split(
        ',',
      ),
    rows: ['1,N', '2,'].map((end) =>
      `31/03/2026,P${end[0]},A1,RJ1,S9E,3,0.8,Active Assignment,Permanent,Female,A,35-44,x,${end.slice(2)}`.split(','),
    ),
  },
  generic: {
    header:
      'month end,pseudonym,assignment,org code,occupation,pay band,fte,status,contract,gender,ethnicity,age,disability status'.split(
        ',',
      ),
    rows: ['1,no', '2,'].map((end) =>
      `31/03/2026,P${end[0]},A1,RJ1,S9E,Band 3,0.8,active,permanent,F,A,35-44,${end.slice(2)}`.split(','),
    ),
  },
};

const quotedAs = (how: (typeof quotings)[number], fields: readonly string[]) =>
  fields
    .map((field, at) => {
      const chosen = how === 'all' || (how === 'first' && at === 0) || (how === 'last' && at === fields.length - 1);
      return chosen || /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
    })
    .join(',');

const written = (lines: readonly string[], ends: readonly string[], last: boolean) =>
  lines.map((line, at) => line + (at < lines.length - 1 || last ? ends[at % ends.length] : '')).join('');

const loaded = () => all('select person_id, band, contracted_fte, sex, disability, line from workforce order by line');

test('every layout of staff has a file of its own here', () => {
  const staff = new Set(layouts.filter(({ extract }) => extract === 'workforce').map(({ id }) => id));
  expect([...staff].filter((id) => !(id in suppliers) && id !== 'esr-report')).toEqual([]);
});

describe.each(Object.keys(suppliers))('layout %s', (id) => {
  const { header, rows } = suppliers[id]!;
  test.each([false, true])('reads every line end, quoting and mark alike; exact reader forced: %s', async (exact) => {
    // Every combination once; the suppliers' layouts differ only in what the values become, so they have those that went wrong.
    const all = id === 'contract';
    for (const [name, ends] of Object.entries(all ? lineEnds : { CRLF: lineEnds.CRLF, mixed: lineEnds.mixed }))
      for (const how of all ? quotings : (['none', 'all'] as const))
        for (const mark of ['', '\uFEFF'])
          for (const last of all ? [true, false] : [true]) {
            const text =
              mark +
              written(
                [header, ...rows].map((fields) => quotedAs(how, fields)),
                ends,
                last,
              );
            const path = write('ordinary.csv', text);
            const about = `${name}, quoted ${how}, mark ${mark !== ''}, last line end ${last}`;
            await connection.run('delete from workforce');
            const { files, refusals } = await receive([path]);
            const got = refusals[0] ?? (await check(files[0]!, connection, { exact }).catch((error: Error) => error));
            if (name === 'CR')
              expect(got, about).toMatchObject({ code: 'structure', problem: 'Lines end in CR alone.' });
            else if (!last) expect(got, about).toMatchObject({ code: 'cut_short', line: 3 });
            else {
              expect(got, about).toMatchObject({ layout: id, read: 2, loaded: 2, quarantined: 0 });
              expect(await loaded(), about).toEqual([
                ['P1', '3', '0.80000', 'female', 'no', '2'],
                ['P2', '3', '0.80000', 'female', null, '3'],
              ]);
            }
          }
  });
});

test('separators, quotes and line breaks within a quoted value keep the record whole, and lines are counted as they are', async () => {
  const { header, rows } = suppliers.wmds!;
  const at = header.indexOf('JOB_ROLE');
  for (const [name, ends] of Object.entries(lineEnds).filter(([name]) => name !== 'CR'))
    for (const how of quotings)
      for (const [what, value] of Object.entries(embedded)) {
        const [first, second] = [rows[0]!.with(at, value), rows[1]!];
        const text = written(
          [header, first, second].map((fields) => quotedAs(how, fields)),
          ends,
          true,
        );
        const breaks = value.includes('\n');
        const about = `${what}, ${name}, quoted ${how}`;
        const result = await load(write('embedded.csv', text));
        expect(result, about).toMatchObject({ read: 2, loaded: breaks ? 1 : 2 });
        expect((await loaded()).at(-1), about).toEqual(['P2', '3', '0.80000', 'female', null, breaks ? '4' : '3']);
        if (breaks)
          expect(result.reasons, about).toMatchObject([
            { reason: 'holds an invisible or control character', rows: 1, firstLine: 2 },
          ]);
      }
});

const quoted = sharedData('cases/operators/quoted-crlf.csv');
test.skipIf(quoted === null)(
  'a file with every value quoted and CRLF, as Windows writes it, loads all of its rows',
  async () => {
    expect(await load(quoted!)).toMatchObject({ read: 40, loaded: 40, quarantined: 0, warnings: [] });
  },
);
