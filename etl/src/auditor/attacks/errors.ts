import { rowsOf } from '@ahp/sql/open';
import type { Attack } from '../attack.ts';
import type { Context } from '../context.ts';
import { dataOf, headcounts, organisationsOf } from '../questions.ts';
import type { Reply } from '../surface.ts';

const telling =
  /\bselect\b[^"]*\bfrom\b|duckdb|binder error|catalog error|parser error|conversion error|record_?key|cell_?key|\bckey\b|person_id|\.ts:\d|node_modules|\/(home|root|tmp|work|usr)\//i;

/** Whatever is sent, nothing of the inside comes back; and what is withheld looks alike whatever the reason. */
export const errors: Attack = {
  number: 13,
  id: 'errors',
  title: 'Errors, introspection and logs: broken, hostile and impossible requests',
  criterion:
    '0 answers or log lines with SQL, paths, keys or names of persons; what is withheld for nobody and for few is byte for byte alike',
  fast: false,
  asks: true,
  async run(context) {
    const surface = context.surface!;
    const replies = [...(await hostile(context)), await surface.ask('{ __schema { types { name fields { name } } } }')];
    const told = replies.filter(({ text }) => telling.test(text) && !text.includes('"__schema"')).length;
    const faults = replies.filter(({ status }) => status >= 500).length;
    const log = surface.leftBehind()['the log of the api']!.toString();
    const logged = log.split('\n').filter((line) => telling.test(line.replace(/"url":"[^"]*"/, ''))).length;
    const people = await pseudonyms(context);
    const named = people.filter(
      (person) => log.includes(person) || replies.some(({ text }) => text.includes(person)),
    ).length;
    const withheld = await withheldAlike(context);
    return {
      figure: `${told} of ${replies.length} answers and ${logged} log lines tell of the inside, ${named} name a person, ${faults} faults; withheld answers: ${withheld} distinct`,
      passed: told === 0 && logged === 0 && named === 0 && faults === 0 && withheld === 1,
    };
  },
};

async function hostile({ surface }: Context): Promise<Reply[]> {
  const texts = [
    '{',
    '{ staff }',
    '{ nothing }',
    '{ staff(by: [NOTHING]) { __typename } }',
    `{ staff(where: { organisation: ["' or 1=1 --"] }) { __typename ... on QueryRefused { code message } } }`,
    `{ staff(where: { organisation: ["x'; drop table cell; --"] }) { ... on QueryRefused { code message } } }`,
    `{ staff(where: { organisation: ["\\u0000"] }) { ... on QueryRefused { code message } } }`,
    `{ staff(period: { at: { end: "2026-02-31" } }) { ... on QueryRefused { code message } } }`,
    `{ staff(period: { at: { end: "'" } }) { ... on QueryRefused { code message } } }`,
    `{ staff(first: -1) { ... on QueryRefused { code message } } }`,
    `{ staff(release: "../../secret") { ... on QueryRefused { code message } } }`,
    `{ organisation(code: "' union select * from cell --") { code } }`,
    `{ organisations(search: "%' or '1'='1") { totalCount } }`,
    `{ organisations(after: "AAAA") { totalCount } }`,
    `{ quality { entries(section: "'") { item } } }`,
    'mutation { drop }',
    'subscription { staff { __typename } }',
    `query ($x: [Band!]) { staff(where: { band: $x }) { __typename } }`,
  ];
  const replies = [];
  for (const text of texts)
    replies.push(await surface!.ask(text), await surface!.ask(text, { as: 'trusted', get: true }));
  const paths = [
    '/../../etc/passwd',
    '/graphql?query=%',
    '/export.csv',
    '/export.csv?query=%7B',
    '/export.xyz',
    '/export.xlsx?query=%7B',
    '/export.csv?query=%7Bme%7B__typename%7D%7D&release=../../secret',
    '/q/..%2f..%2fcurrent',
    '/q/AAAAAAAAAAAAAAAAAAAAAAAA.csv',
    '/metrics',
    '/.env',
    '/data/secret',
  ];
  for (const path of paths) replies.push(await surface!.send(path));
  replies.push(
    await surface!.send('/graphql', {
      method: 'POST',
      body: '{"query": 1}',
      headers: { 'content-type': 'application/json' },
    }),
    await surface!.send('/graphql', {
      method: 'POST',
      body: '[{"query":"{ me { __typename } }"}]',
      headers: { 'content-type': 'application/json' },
    }),
    await surface!.send('/graphql', {
      method: 'POST',
      body: 'x'.repeat(200_000),
      headers: { 'content-type': 'application/json' },
    }),
    await surface!.send('/graphql', { headers: { authorization: 'Bearer wrong' } }),
  );
  return replies;
}

async function pseudonyms({ workshop }: Context): Promise<string[]> {
  const rows = await rowsOf<{ person_id: string }>(
    workshop,
    'select person_id from person where length(person_id) >= 5 order by md5(person_id) limit 2000',
  );
  return rows.map(({ person_id }) => person_id);
}

/** How many different answers there are to one crossed sensitive table of organisations that have nobody published and of those that have a few. */
async function withheldAlike(context: Context): Promise<number> {
  const { period, areas } = await organisationsOf(context);
  const few = areas.filter(({ value }) => value < 50).slice(-5);
  const nobody = await rowsOf<{ code: string }>(
    context.workshop,
    `select code from release_public.area where level = 'organisation' and valid_to is null
       and code not in (select area::varchar from release_public.cell where grain = 'year' and level = 'organisation' and tally = 'headcount'
         and period_end = (select max(period_end) from release_public.period where grain = 'year')) order by code limit 5`,
  );
  const answers = new Set<string>();
  for (const { code } of [...few, ...nobody]) {
    const question = `{ ${headcounts(`organisation: ["${code}"]`, ['BAND', 'ETHNIC_GROUP'], period, 'YEAR', 'value status display numerator denominator')} }`;
    const { staff } = await dataOf<{ staff: { rows?: { headcount: { status: string } }[] } }>(
      context.surface!,
      question,
    );
    const figures =
      staff.rows?.map(({ headcount }) => headcount).filter(({ status }) => status === 'CONFIDENTIAL') ?? [];
    for (const figure of figures) answers.add(JSON.stringify(figure));
  }
  return answers.size;
}
