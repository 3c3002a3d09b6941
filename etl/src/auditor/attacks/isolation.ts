import { rowsOf } from '@ahp/sql/open';
import { setName } from '../../../../sql/lattice/dimensions.ts';
import type { Audience } from '../../disclosure/audiences.ts';
import { onEachAudience, type Attack, type Outcome } from '../attack.ts';
import type { Context } from '../context.ts';
import { dataOf, headcounts, organisationsOf } from '../questions.ts';

const dimensions = ['profession', 'band', 'stage', 'sex', 'ethnic_group', 'age_band', 'disability', 'tenure_band'];
const perRequest = 10;

/** Dimensions are added until a handful of people are left: what is not in the policy is refused, and the refusal is about the table, never about the people. */
export const isolation: Attack = {
  number: 6,
  id: 'isolation',
  title: 'Isolating few people by adding dimensions, one to four at a time',
  criterion: 'every table outside the policy refused, in the same words for the largest and the smallest organisation',
  fast: false,
  asks: true,
  run: (context) => onEachAudience(context, attack),
};

async function attack(context: Context, audience: Audience): Promise<Outcome> {
  const { period, areas } = await organisationsOf(context, audience.id);
  const wanted = [1, 2, 3, 4]
    .flatMap((size) => choose(dimensions, size))
    .flatMap((set) => ['YEAR', 'QUARTER'].map((grain) => ({ set, grain })));
  const held = new Set(
    (
      await rowsOf<{ key: string }>(
        context.workshop,
        `select distinct grain || '|' || "set" as key from release_${audience.id}.policy where level = 'organisation' and tally = 'headcount'`,
      )
    ).map(({ key }) => key),
  );
  const outside = wanted.filter(({ set, grain }) => !held.has(`${grain.toLowerCase()}|${setName(set)}`));
  const replies: (string | null)[][] = [];
  for (const { code } of [areas[0]!, areas.at(-1)!])
    replies.push(await refusals(context, audience, code, period, outside));
  const refused = replies.map((texts) => texts.filter((text) => text !== null).length);
  const same = replies[0]!.filter((text, k) => text !== null && text === replies[1]![k]).length;
  return {
    figure: `${refused.join(' and ')} of ${outside.length} refused, ${same} alike`,
    passed: outside.length > 0 && refused.every((n) => n === outside.length) && same === outside.length,
  };
}

async function refusals(
  { surface }: Context,
  audience: Audience,
  organisation: string,
  period: string,
  tables: readonly { set: string[]; grain: string }[],
): Promise<(string | null)[]> {
  const texts: (string | null)[] = [];
  for (let from = 0; from < tables.length; from += perRequest) {
    const fields = tables.slice(from, from + perRequest).map(({ set, grain }, k) => {
      const by = set.map((id) => id.toUpperCase());
      return `t${k}: ${headcounts(`organisation: ["${organisation}"]`, by, period, grain, 'status')}`;
    });
    const data = await dataOf<Record<string, { code?: string; message?: string; rows?: unknown[] }>>(
      surface!,
      `{ ${fields.join('\n')} }`,
      { as: audience.id },
    );
    texts.push(...Object.values(data).map(({ code, message }) => (code === undefined ? null : `${code} ${message}`)));
  }
  return texts;
}

function choose(ids: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return ids.flatMap((id, index) => choose(ids.slice(index + 1), size - 1).map((rest) => [id, ...rest]));
}
