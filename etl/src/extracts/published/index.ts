import type { Feed } from './feed.ts';
import { dfeApprenticeships } from './dfe-apprenticeships.ts';
import { dfeDemographics } from './dfe-demographics.ts';
import { nhsEthnicity } from './nhs-ethnicity.ts';
import { nhseSickness } from './nhse-sickness.ts';
import { nhseTurnover } from './nhse-turnover.ts';
import { peoplePromise } from './people-promise.ts';

/** Every official publication that can be loaded. */
export const feeds: readonly Feed[] = [
  nhseTurnover,
  nhsEthnicity,
  nhseSickness,
  dfeApprenticeships,
  dfeDemographics,
  peoplePromise,
];
