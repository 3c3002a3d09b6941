import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The options and words of a command line. Ends with 0 after the help when asked for it, and with 2 on wrong usage, saying what is wrong. */
export function optionsOf<Options extends NonNullable<ParseArgsConfig['options']>>(help: string, options: Options) {
  if (process.argv.includes('--help')) {
    console.log(help);
    process.exit(0);
  }
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    return wrongUsage(`${(error as Error).message.split('. ')[0]}.\n\n${help}`);
  }
}

export function wrongUsage(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
