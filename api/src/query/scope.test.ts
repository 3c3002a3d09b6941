import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAsking, type Asking } from '../../test/ask.ts';
import { everyone, ownOf, trusted, type Asker } from '../identity/asker.ts';
import { geographyOf } from './places.ts';
import { Problems } from './problems.ts';
import type { Question } from './question.ts';
import { scopeOf, type PlacesNamed } from './scope.ts';

const own = ownOf(['RAA', 'RBB']);

describe('as whom a question is answered', () => {
  const asked: [string, PlacesNamed, Asker][] = [
    ['no place', {}, own],
    ['an empty filter', { where: {} }, own],
    ['one of their own employers', { where: { organisation: ['RAA'] } }, own],
    ['all of their own employers', { where: { organisation: ['RBB', 'RAA'] } }, own],
    ['one of their own in a nation', { where: { organisation: ['RAA'], nation: ['england'] } }, own],
    ['another employer', { where: { organisation: ['RCC'] } }, everyone],
    ['one of their own and another', { where: { organisation: ['RAA', 'RCC'] } }, everyone],
    ['a nation', { where: { nation: ['england'] } }, everyone],
    ['a region', { where: { region: ['Y60'] } }, everyone],
    ['a system', { where: { system: ['QHL'] } }, everyone],
    ['a split by employers', { by: ['organisation'] }, everyone],
    ['a split by nations', { by: ['band', 'nation'] }, everyone],
    ['a level', { level: 'uk' }, everyone],
    ['a split by what is no place', { by: ['band', 'profession'] }, own],
  ];
  test.each(asked)('%s', (_, places, asker) => {
    expect(scopeOf(own, places)).toBe(asker);
    expect(scopeOf(trusted, places)).toBe(trusted);
    expect(scopeOf(everyone, places)).toBe(everyone);
  });
});

describe('the places of own figures', () => {
  let asking: Asking;
  beforeAll(async () => {
    asking = await startAsking();
  });
  afterAll(() => asking.close());

  async function placesOf(question: Question) {
    const held = (await asking.releases.acquire(null, own))!;
    const problems = new Problems('staff');
    const { filters, level } = geographyOf(question, held.release.catalogue, own, 'extracts', problems);
    held.done();
    return { filters, level, codes: problems.list.map(({ code }) => code) };
  }
  const mine = { geography: 'organisation', codes: ['RAA', 'RBB'] };

  test('are the employers alone, whatever else is asked', async () => {
    for (const question of [{}, { by: ['nation'] }, { level: 'uk' }] as Question[])
      expect(await placesOf(question)).toEqual({ filters: [mine], level: 'organisation', codes: [] });
    expect((await placesOf({ where: { organisation: ['RAA'] } } as Question)).filters).toContainEqual(mine);
  });

  test('are refused where another employer is among them', async () => {
    for (const organisation of [['RCC'], ['RAA', 'RCC']])
      expect((await placesOf({ where: { organisation } } as Question)).codes).toEqual(['NOT_YOURS']);
  });
});
