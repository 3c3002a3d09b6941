import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node takes graphql's CommonJS build; without this the test runner would take the other one beside it, and the two do not mix.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    testTimeout: 120_000,
    hookTimeout: 400_000,
    pool: 'forks',
    maxWorkers: 2,
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
