import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The audit takes minutes: begun last, it would go on alone while the other core has nothing to do. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => moduleId.endsWith('/etl/test/audit.test.ts');
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  // Node takes graphql's CommonJS build; without this the test runner would take the other one beside it, and the two do not mix.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    testTimeout: 120_000,
    hookTimeout: 400_000,
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      // Small tests of pure statistics: a process of its own for each file would take longer than the tests.
      { extends: true, test: { name: 'sql', include: ['sql/**/*.test.ts'], isolate: false } },
      {
        extends: true,
        test: { name: 'etl and api', include: ['{etl,api,scripts}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'dashboard', include: ['dashboard/src/**/*.test.ts', 'dashboard/tests/**/*.test.ts'] },
      },
    ],
  },
});
