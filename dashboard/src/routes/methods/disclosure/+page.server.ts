import { catalogue, type Catalogue } from '#lib/server/catalogue.ts';
import { format } from '#lib/figure/format.ts';
import { countError, rateError } from './expected-error.ts';
import type { PageServerLoad } from './$types';

const typicalRate = 0.12;
const places: Record<Catalogue['policy'][number]['level'], string> = {
  UK: 'United Kingdom',
  NATION: 'A nation',
  REGION: 'A region of England',
  SYSTEM: 'A system or board area',
  ORGANISATION: 'An organisation',
};
const grains: Record<Catalogue['policy'][number]['grain'], string> = {
  YEAR: 'a year',
  QUARTER: 'a quarter',
  MONTH: 'a month',
};

/** What the release says about its tables: how many there are for a place and period, and how finely they divide people. */
function tables(all: Catalogue) {
  return Object.entries(places).flatMap(([level, place]) =>
    Object.entries(grains).flatMap(([grain, words]) => {
      const some = all.policy.filter((one) => one.level === level && one.grain === grain);
      if (some.length === 0) return [];
      const sensitive = new Set(all.dimensions.filter((one) => one.sensitive).map((one) => one.id as string));
      return [
        {
          place,
          grain: words,
          tables: new Set(some.map((one) => [...one.dimensions].sort().join('+'))).size,
          depth: Math.max(...some.map((one) => one.dimensions.length)),
          sensitiveDepth: Math.max(
            0,
            ...some.filter((one) => one.dimensions.some((id) => sensitive.has(id))).map((one) => one.dimensions.length),
          ),
        },
      ];
    }),
  );
}

/** Everything on the page comes from the audience and the policy of the release; nothing is typed by hand. */
export const load: PageServerLoad = async () => {
  const all = await catalogue();
  const { audience, release } = all;
  return {
    audience,
    protects: release.hasExtracts,
    synthetic: release.synthetic,
    typicalRate: format(typicalRate, 'percent'),
    counts: [10, 100, 1000].map((count) => {
      const { people, share } = countError(audience.noiseSd, count);
      return { count, people: format(people, 'per_100'), share: format(share, 'percent') };
    }),
    rates: [30, 100, 1000].map((base) => {
      const error = rateError(audience.noiseSd, base, typicalRate);
      const points = (share: number) => (share * 100).toFixed(1);
      return {
        base,
        protection: points(error.protection),
        chance: points(error.chance),
        both: points(error.both),
        shown: base >= audience.rateMinimum,
      };
    }),
    tables: tables(all),
  };
};
