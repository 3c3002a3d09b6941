import { catalogue } from '#lib/server/catalogue.ts';
import verdicts from '#lib/methods/verdicts.json';
import { statusWords, flagWords } from '#lib/figure/status.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => {
  const all = await catalogue();
  const words = [...Object.values(statusWords), ...Object.values(flagWords)];
  const breaks = all.breaks.map(({ statement, meaning, source }) => ({ statement, meaning, source }));
  return {
    audience: all.audience,
    breaks,
    verdicts,
    markers: [...new Map(words.map((one) => [one.marker, one])).values()],
  };
};
