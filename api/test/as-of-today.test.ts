import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyone, type Asker } from '../src/identity/asker.ts';
import { run } from './run.ts';
import { Releases } from '../src/release/releases.ts';
import type { Json } from './json.ts';
import { sampleRelease } from './sample-release.ts';

// In the sample two trusts became one on 1 October 2024, in the middle of a year.
const before = '{ at: { end: "2024-03", grain: YEAR } }';
let releases: Releases;
let remove = () => {};
let merged: Json;
let parts: string[];

beforeAll(async () => {
  const sample = sampleRelease();
  remove = sample.remove;
  releases = await Releases.once(sample.data);
  const { organisations } = await ask(
    '{ organisations(first: 300) { nodes { code label successor predecessors { code } } } }',
  );
  merged = organisations.nodes.find(({ predecessors }: Json) => predecessors.length > 0);
  parts = merged.predecessors.map(({ code }: Json) => code);
}, 900_000);
afterAll(async () => {
  await releases.close();
  remove();
});

async function ask(document: string, asker: Asker = everyone): Promise<Json> {
  const { answer } = await run(document, {}, asker, releases);
  if (answer.errors?.length) throw new Error(answer.errors.map(({ message }) => message).join('; '));
  return answer.data as Json;
}

const of = (code: string, today: boolean) =>
  `where: { organisation: ["${code}"] }, organisationView: ${today ? 'AS_OF_TODAY' : 'AS_AT_THE_TIME'}`;
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** What a statistic says of the merged organisation as of today, and of its parts as at the time. */
async function both<Told>(question: (args: string) => string, told: (data: Json) => Told) {
  const today = told(await ask(question(of(merged.code, true))));
  const each = await Promise.all(parts.map(async (code) => told(await ask(question(of(code, false))))));
  return { today, each };
}

describe('every statistic of an organisation can follow it through a merger', () => {
  test('fairness: its groups are those of all its parts', async () => {
    const { today, each } = await both<number>(
      (args) =>
        `{ fairness(${args}, characteristic: SEX, period: ${before}) { ... on FairnessTable { rows { isReference people { value } } } ... on QueryRefused { message } } }`,
      ({ fairness }) => fairness.rows.find(({ isReference }: Json) => isReference).people.value,
    );
    expect(each).toHaveLength(2);
    expect(today).toBe(sum(each));
  });

  test('a funnel of a year before it has the merged organisation as one point, with the people of all its parts', async () => {
    const points = async (view: string) => {
      const { funnel } = await ask(
        `{ funnel(organisationView: ${view}, period: ${before}) { ... on FunnelPlot { points { area { code } base } } } }`,
      );
      return new Map<string, number>(funnel.points.map(({ area, base }: Json) => [area.code, base]));
    };
    const [time, today] = [await points('AS_AT_THE_TIME'), await points('AS_OF_TODAY')];
    const { turnover } = await ask(
      `{ turnover(where: { organisation: ${JSON.stringify(parts)} }, by: [ORGANISATION], period: ${before}) { ... on TurnoverTable { rows { headcountStart { value } headcountEnd { value } } } } }`,
    );
    expect(time.has(merged.code)).toBe(false);
    // The default leaver rate is of the mean of those at the start and at the end.
    const people = turnover.rows.map(
      ({ headcountStart, headcountEnd }: Json) => (headcountStart.value + headcountEnd.value) / 2,
    );
    expect(today.get(merged.code)).toBe(Math.round(sum(people)));
  });

  test('signals: it has a series as long as the others', async () => {
    const cost = async (view: string) =>
      (await ask(`{ signals(kinds: [SPC], organisationView: ${view}) { ... on SignalsTable { cost organisations } } }`))
        .signals;
    const [time, today] = [await cost('AS_AT_THE_TIME'), await cost('AS_OF_TODAY')];
    expect(today.organisations).toBe(time.organisations);
    expect(today.cost).toBeGreaterThan(time.cost);
  });
});

describe('the board of a merged organisation', () => {
  const board = (code: string, args = '') =>
    `{ board(organisation: "${code}"${args}) { ... on Board { area { code } overview { measure { id } figure { comparison { value } } } leaverSpc { points { figure { denominator } } } warnings { code message } } ... on QueryRefused { code } } }`;
  const rateBefore = ({ overview }: Json) =>
    overview.find(({ measure }: Json) => measure.id === 'leaver_rate').figure.comparison.value;

  test('follows it through unless asked not to, whichever code is asked for', async () => {
    const { board: today } = await ask(board(merged.code));
    const { board: asked } = await ask(board(parts[0]!));
    expect(asked).toEqual(today);
    expect(today.area.code).toBe(merged.code);
    expect(rateBefore(today)).toBeGreaterThan(0.05);
    const { board: time } = await ask(board(merged.code, ', organisationView: AS_AT_THE_TIME'));
    const shown = ({ leaverSpc }: Json) =>
      leaverSpc.points.filter(({ figure }: Json) => figure.denominator !== null).length;
    expect(shown(today)).toBeGreaterThan(shown(time));
  });

  test('is of its own code alone for the employer itself', async () => {
    const own: Asker = { audience: 'own', organisations: [merged.code] };
    expect((await ask(board(merged.code), own)).board.area.code).toBe(merged.code);
    expect((await ask(board(merged.code, ', organisationView: AS_OF_TODAY'), own)).board.code).toBe('NOT_YOURS');
  });
});
