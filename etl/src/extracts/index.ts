import type { Extract } from './extract.ts';
import { establishment } from './establishment.ts';
import { organisations } from './organisations.ts';
import { overrides } from './overrides.ts';
import { plan } from './plan.ts';
import { feeds } from './published/index.ts';
import { retention } from './retention.ts';
import { successions } from './successions.ts';
import { training } from './training.ts';
import { workforce } from './workforce.ts';

/** The extracts that suppliers send. */
export const suppliedExtracts: readonly Extract[] = [
  workforce,
  training,
  retention,
  establishment,
  plan,
  organisations,
  successions,
  overrides,
];

/** Every extract that can be loaded. */
export const extracts: readonly Extract[] = [...suppliedExtracts, ...feeds.map(({ extract }) => extract)];

/** The extract of that name. Throws on a name that no file declares. */
export function extractNamed(name: string): Extract {
  const found = extracts.find((extract) => extract.name === name);
  if (!found) throw new Error(`No extract is called ${name}.`);
  return found;
}
