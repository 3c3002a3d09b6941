import { expect, test } from 'vitest';
import { rowsOf } from '@ahp/sql/open';
import { checking, csvOf, ordinary } from '../../test/checking.ts';
import { toLedger, workshopWith } from '../../test/workshop.ts';
import { runSqlFile } from './sql-file.ts';

test('somebody whom another organisation employs counts where they work, and both codes are kept', async () => {
  const connection = await workshopWith([
    { period_end: '2025-03-31', person_id: 'hosted', organisation_code: 'RW1', employer_code: 'RXY' },
    { period_end: '2025-03-31', person_id: 'own', organisation_code: 'RXY', employer_code: 'RXY' },
  ]);
  await toLedger(connection);
  expect(
    await rowsOf(
      connection,
      `select person_id, organisation::varchar as place from snapshot join person using (person) order by 1`,
    ),
  ).toEqual([
    { person_id: 'hosted', place: 'RW1' },
    { person_id: 'own', place: 'RXY' },
  ]);
  expect(
    await rowsOf(
      connection,
      `select organisation_code as place, employer_code as employer from workforce where person_id = 'hosted'`,
    ),
  ).toEqual([{ place: 'RW1', employer: 'RXY' }]);
});

test('going to another employer at the same workplace is staying there', async () => {
  const at = (period_end: string, employer_code: string) => ({
    period_end,
    person_id: 'p',
    organisation_code: 'RW1',
    employer_code,
  });
  const connection = await workshopWith([at('2025-03-31', 'RXY'), at('2025-06-30', 'RAX')]);
  await toLedger(connection);
  expect(await rowsOf(connection, `select flow from ledger where grain = 'quarter'`)).toEqual([{ flow: 'stayed' }]);
});

test('whom a body of another nation pays counts once, in the nation where they work', async () => {
  const connection = await workshopWith([
    { period_end: '2025-03-31', person_id: 'p', organisation_code: '7A1', employer_code: 'RXY' },
    { period_end: '2025-03-31', person_id: 'q', organisation_code: 'RXY', employer_code: '7A1' },
  ]);
  await toLedger(connection);
  await runSqlFile(connection, 'lattice/event.sql');
  await runSqlFile(connection, 'lattice/events/stock.sql');
  expect(
    await rowsOf(
      connection,
      `select person_id, organisation.nation, count(*)::integer as n from event join person using (person) join organisation on organisation.code = event.organisation::varchar
       where grain = 'quarter' and tally = 'headcount' group by all order by 1`,
    ),
  ).toEqual([
    { person_id: 'p', nation: 'wales', n: 1 },
    { person_id: 'q', nation: 'england', n: 1 },
  ]);
});

test.each([
  ['WORKPLACE_ORG_CODE', 'EMPLOYING_ORG_CODE'],
  ['Ocs Code', 'Employing Ocs Code'],
  ['Organisation', 'Employer'],
])('of %s and %s the first is where people count', async (workplace, employer) => {
  const files = await checking();
  const { organisation_code: _, ...others } = ordinary;
  const path = files.write('staff.csv', csvOf([{ ...others, [employer]: 'RJ1', [workplace]: '7A1' }]));
  expect(await files.load(path)).toMatchObject({ read: 1, loaded: 1 });
  expect(await files.all('select organisation_code, employer_code from workforce')).toEqual([['7A1', 'RJ1']]);
  files.close();
});

test('why somebody left is found by where they worked, also when payroll names who employed them', async () => {
  const at = (person_id: string, employer_code: string) => ({
    period_end: '2025-03-31',
    person_id,
    organisation_code: 'RW1',
    employer_code,
  });
  const connection = await workshopWith([
    ...['hosted', 'own', 'elsewhere'].map((id) => at(id, id === 'hosted' ? 'RXY' : 'RW1')),
    { period_end: '2025-06-30', person_id: 'stays', organisation_code: 'RW1' },
  ]);
  await connection.run(
    `insert into retention (leaving_date, person_id, organisation_code, leaving_reason, destination, source_file, line) values
       ('2025-05-01', 'hosted', 'RXY', 'retirement_age', 'no_employment', 2, 2),
       ('2025-05-01', 'own', 'RW1', 'retirement_age', 'no_employment', 2, 3),
       ('2025-05-01', 'elsewhere', 'RAX', 'retirement_age', 'no_employment', 2, 4)`,
  );
  await toLedger(connection);
  await runSqlFile(connection, 'lattice/event.sql');
  await runSqlFile(connection, 'lattice/events/reason.sql');
  expect(
    await rowsOf(
      connection,
      `select person_id, leaving_reason::varchar as reason, organisation::varchar as place from event join person using (person) where grain = 'quarter' order by 1`,
    ),
  ).toEqual([
    { person_id: 'elsewhere', reason: 'unknown', place: 'RW1' },
    { person_id: 'hosted', reason: 'retirement_age', place: 'RW1' },
    { person_id: 'own', reason: 'retirement_age', place: 'RW1' },
  ]);
});
