import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

let made: Promise<string> | null = null;

/** The script of the explorer with its editor, as one module for browsers; made in memory when it is first asked for. */
export function explorerScript(): Promise<string> {
  made ??= bundle();
  return made;
}

async function bundle(): Promise<string> {
  const build = await rolldown({
    input: fileURLToPath(new URL('./browser.js', import.meta.url)),
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  });
  const { output } = await build.generate({ format: 'esm', minify: true, codeSplitting: false });
  await build.close();
  return output[0].code;
}
