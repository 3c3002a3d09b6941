// Writes every generated file that is committed; the tests compare them with what the code says.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSchema } from '../sql/src/generate.ts';
import { measuresReadme } from '../sql/src/measures-readme.ts';
import { measures } from '../sql/src/registry.ts';
import { printSchema } from '../api/src/print-schema.ts';
import { publishedCounts } from '../etl/src/disclosure/published-counts.ts';
import { writeContracts } from '../etl/src/extracts/write-contracts.ts';
import { node24, root } from './install.mjs';

writeFileSync(join(root, 'sql', 'src', 'schema.ts'), await generateSchema());
writeFileSync(join(root, 'sql', 'measures', 'README.md'), measuresReadme(measures));
writeFileSync(join(root, 'api', 'schema.graphql'), printSchema());
writeFileSync(join(root, 'sql', 'src', 'statistics', 'published-counts.json'), publishedCounts());
await writeContracts();
spawnSync(node24, ['node_modules/gql.tada/bin/cli.js', 'generate-output'], {
  cwd: join(root, 'dashboard'),
  stdio: 'inherit',
});
console.log(
  'Wrote sql/src/schema.ts, sql/measures/README.md, api/schema.graphql, sql/src/statistics/published-counts.json, etl/contracts and the dashboard’s types of the schema.',
);
