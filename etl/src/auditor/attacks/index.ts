import type { Attack } from '../attack.ts';
import { attributeDisclosure } from './attribute-disclosure.ts';
import { averaging } from './averaging.ts';
import { differencing } from './differencing.ts';
import { errors } from './errors.ts';
import { exports } from './exports.ts';
import { flooding } from './flooding.ts';
import { holdsCellsOnly } from './holds-cells-only.ts';
import { homogeneousGroups } from './homogeneous-groups.ts';
import { isolation } from './isolation.ts';
import { jointReconstruction } from './joint-reconstruction.ts';
import { mask } from './mask.ts';
import { mostProbable } from './most-probable.ts';
import { noise } from './noise.ts';
import { oneMover } from './one-mover.ts';
import { ptableFacts } from './ptable-facts.ts';
import { rateInversion } from './rate-inversion.ts';
import { repetition } from './repetition.ts';
import { revision } from './revision.ts';
import { secretHygiene } from './secret-hygiene.ts';
import { timing } from './timing.ts';
import { totalMinusParts } from './total-minus-parts.ts';
import { unionAveraging } from './union-averaging.ts';

/** The attacks, by number. */
export const attacks: readonly Attack[] = [
  repetition,
  unionAveraging,
  totalMinusParts,
  differencing,
  jointReconstruction,
  isolation,
  attributeDisclosure,
  oneMover,
  averaging,
  rateInversion,
  revision,
  exports,
  errors,
  timing,
  flooding,
  holdsCellsOnly,
  ptableFacts,
  noise,
  mask,
  secretHygiene,
  homogeneousGroups,
  mostProbable,
];
