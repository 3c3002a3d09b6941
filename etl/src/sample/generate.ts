import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { parseMonth } from './calendar.ts';
import { liveMonth } from './careers.ts';
import { leavingFactors, plantEffects } from './effects.ts';
import { ESTABLISHMENT_HEADER, PLAN_HEADER, supportInPost, writeEstablishment, writePlan } from './establishment.ts';
import { families, planHiring } from './hiring-plan.ts';
import type { HiringPlan } from './hiring-plan.ts';
import { hire, openStock } from './joining.ts';
import { createOrganisations } from './organisations.ts';
import { createPeople, FAMILY } from './people.ts';
import { plantedEffects } from './planted.ts';
import type { PlantedEffect } from './planted.ts';
import { randomStream } from './random.ts';
import { plantMiscoding, recodeSomewhere } from './recoding.ts';
import { createRowFile, createYearFiles } from './row-file.ts';
import { merge, neighboursOf, organisationRows, successionRows } from './structure.ts';
import { trainBeforeOpening, trainMonth, TRAINING_HEADER } from './training.ts';
import { createObserved } from './truth.ts';
import type { PeriodTruth } from './truth.ts';
import { isQuarterEnd, refreshHours, writeSnapshot } from './workforce-rows.ts';
import type { World } from './world.ts';

/** What sample to make. */
export interface SampleOptions {
  /** Distinct people who are ever present: support staff, registered AHPs and a few others. At least 100. */
  people: number;
  /** Months of movement; there is one snapshot more. At least 1. */
  months: number;
  seed: number;
  /** Folder for the files; made when absent; what an earlier sample wrote is removed. */
  out: string;
  /** Date of the last snapshot, a month end; 2026-03-31 unless given. */
  last?: string;
  /** Called after each snapshot with the number made, of how many. */
  onProgress?: (made: number, of: number) => void;
}

/** What was made; also the content of truth.json, which adds definitions. */
export interface SampleSummary {
  synthetic: true;
  people: number;
  months: number;
  seed: number;
  organisations: number;
  people_ever_by_family: Record<string, number>;
  files: { name: string; kind: string; rows: number }[];
  rows: Record<string, number>;
  periods: PeriodTruth[];
  effects: PlantedEffect[];
}

const LAST = '2026-03-31';
export const RETENTION_HEADER = 'leaving_date,person_id,organisation_code,leaving_reason,destination';

/**
 * Writes seeded synthetic extracts and, last of all, their truth to `out`; the same options always give the same bytes.
 * Throws when `people` or `months` is too small.
 */
export async function generateSample(options: SampleOptions): Promise<SampleSummary> {
  const { people, months, out } = options;
  if (people < 100 || months < 1 || months > 600)
    throw new Error(`A sample needs at least 100 people and 1 to 600 months; ${people} people and ${months} months were asked for.`); // prettier-ignore
  mkdirSync(out, { recursive: true });
  for (const name of readdirSync(out))
    if (name === 'truth.json' || name.endsWith('-synthetic.csv')) rmSync(`${out}/${name}`);
  const world = createWorld(options);
  const hiring = planHiring(people, months, world.opening);
  const files: SampleSummary['files'] = [];
  const records = world.random.records;
  const establishment = createRowFile(out, 'establishment-synthetic.csv', ESTABLISHMENT_HEADER);

  families.forEach(({ name }) => openStock(world, FAMILY[name], hiring[name].opening));
  trainBeforeOpening(world);
  const opening = supportInPost(world);
  for (world.now = 0; world.now <= months; world.now++) {
    if (world.now > 0) liveAndHire(world, hiring);
    const file = writeSnapshot(world, out);
    files.push({ name: file.name, kind: 'workforce', rows: file.rows });
    if (isQuarterEnd(world.opening + world.now)) writeEstablishment(world, establishment, records);
    options.onProgress?.(world.now + 1, months + 1);
    await new Promise((resume) => setImmediate(resume));
  }
  world.now = months;
  const plan = createRowFile(out, 'plan-synthetic.csv', PLAN_HEADER);
  writePlan(world, opening, plan, records);
  for (const [file, kind] of [[establishment, 'establishment'], [plan, 'plan']] as const) {
    file.close();
    files.push({ name: file.name, kind, rows: file.rows });
  } // prettier-ignore
  files.push(...world.trainingFiles.close().map((file) => ({ ...file, kind: 'training' })));
  files.push(...world.retentionFiles.close().map((file) => ({ ...file, kind: 'retention' })));
  files.push(...writeOrganisations(world, out));
  const summary = summarise(world, options, hiring, files);
  writeFileSync(`${out}/truth.json`, `${JSON.stringify({ definitions, ...summary }, null, 1)}\n`);
  return summary;
}

function createWorld({ people, months, seed, out, last = LAST }: SampleOptions): World {
  const opening = parseMonth(last) - months;
  const organisations = createOrganisations(people, randomStream(seed, 'organisations'));
  const effects = plantEffects(organisations, months, opening);
  return {
    seed,
    opening,
    months,
    now: 0,
    organisations,
    effects,
    people: createPeople(people),
    stock: new Int32Array(families.length * organisations.length),
    leaving: leavingFactors(organisations, effects, 0),
    neighbours: neighboursOf(organisations),
    random: {
      joining: randomStream(seed, 'joining'),
      careers: randomStream(seed, 'careers'),
      training: randomStream(seed, 'training'),
      records: randomStream(seed, 'records'),
    },
    trainingFiles: createYearFiles(out, 'training', TRAINING_HEADER),
    retentionFiles: createYearFiles(out, 'retention', RETENTION_HEADER),
    observed: createObserved(people, organisations.length, months, effects.progressionGap.region),
  };
}

function liveAndHire(world: World, hiring: HiringPlan): void {
  merge(world);
  refreshHours(world);
  world.leaving = leavingFactors(world.organisations, world.effects, world.now);
  plantMiscoding(world, world.random.careers);
  recodeSomewhere(world, world.random.careers);
  liveMonth(world);
  families.forEach(({ name }) => hire(world, FAMILY[name], hiring[name].byMonth[world.now - 1]!));
  trainMonth(world, world.now);
}

function writeOrganisations(world: World, out: string): SampleSummary['files'] {
  const organisations = organisationRows(world);
  const successions = successionRows(world);
  const header = 'code,label,nation,region,system,kind,valid_from,valid_to';
  writeFileSync(`${out}/organisations-synthetic.csv`, `${[header, ...organisations].join('\n')}\n`);
  writeFileSync(`${out}/successions-synthetic.csv`, `${['old_code,new_code,date', ...successions].join('\n')}\n`);
  return [
    { name: 'organisations-synthetic.csv', kind: 'organisations', rows: organisations.length },
    { name: 'successions-synthetic.csv', kind: 'successions', rows: successions.length },
  ];
}

function summarise(
  world: World,
  options: SampleOptions,
  hiring: HiringPlan,
  files: SampleSummary['files'],
): SampleSummary {
  const rows: Record<string, number> = {};
  for (const file of files) rows[file.kind] = (rows[file.kind] ?? 0) + file.rows;
  return {
    synthetic: true,
    people: world.people.count,
    months: options.months,
    seed: options.seed,
    organisations: world.organisations.length,
    people_ever_by_family: Object.fromEntries(
      Object.entries(hiring).map(([name, { opening, byMonth }]) => [
        name,
        opening + byMonth.reduce((sum, n) => sum + n, 0),
      ]),
    ),
    files,
    rows,
    periods: world.observed.periods,
    effects: plantedEffects(world),
  };
}

const definitions = {
  note: 'Synthetic data: every person and every organisation is invented; systems, regions and nations are real areas.',
  generator: 'xoshiro128** seeded through splitmix32, one named stream for each part',
  main_post: 'the post with the largest contracted FTE, then the earliest start, then the first assignment',
  support: 'people whose main post has a code S5, S8 or S9 of the twelve professions, is active, acting up or an internal secondment, permanent, fixed term or locum, and has an FTE above 0', // prettier-ignore
  flows: 'movements of the support stock between consecutive snapshots: start + joined + reactivated + reclassified_in + other_in − left − went_inactive − to_registered − reclassified_out − other_out = headcount; transferred stay within it', // prettier-ignore
  by_place: 'region in England, nation elsewhere',
};
