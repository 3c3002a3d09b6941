import { everyone, type Asker } from '../src/identity/asker.ts';
import type { Answer } from '../src/execution/execute.ts';
import { run } from './run.ts';
import { Releases } from '../src/release/releases.ts';
import { buildData } from './fixture.ts';
import type { Json } from './json.ts';

export interface Asking {
  data: string;
  releases: Releases;
  /** The parts of an answer by root field; throws when there are errors. */
  ask: (document: string, variables?: Record<string, unknown>, asker?: Asker) => Promise<Record<string, Json>>;
  answer: (document: string, variables?: Record<string, unknown>, asker?: Asker) => Promise<Answer>;
  close: () => Promise<void>;
}

/** Asks a release built for the test, without a server. */
export async function startAsking(): Promise<Asking> {
  const built = await buildData();
  const releases = await Releases.once(built.data);
  const answer: Asking['answer'] = async (document, variables = {}, asker = everyone) =>
    (await run(document, variables, asker, releases)).answer;
  return {
    data: built.data,
    releases,
    answer,
    ask: async (...question) => {
      const { data, errors } = await answer(...question);
      if (errors?.length) throw new Error(errors.map(({ message }) => message).join('; '));
      return data as Record<string, Json>;
    },
    close: async () => {
      await releases.close();
      built.remove();
    },
  };
}
