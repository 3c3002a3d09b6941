import { limits } from '../query/limits.ts';
import { warningCodes, type Warning, type WarningCode } from '../query/table.ts';
import { builder } from './builder.ts';

const WarningCodeText = Object.entries(warningCodes)
  .map(([code, text]) => `- \`${code}\`: ${text}`)
  .join('\n');

export const WarningRef = builder.objectRef<Warning>('Warning').implement({
  description: 'Something to know before using the figures.',
  fields: (t) => ({
    code: t.string({ description: WarningCodeText, resolve: (warning): WarningCode => warning.code }),
    message: t.exposeString('message'),
  }),
});

export const Limits = builder.objectRef<typeof limits>('Limits').implement({
  description: 'What one request may ask for.',
  fields: (t) => ({
    cells: t.exposeInt('cells', { description: 'Cells that the answers to one request may be made of.' }),
    first: t.exposeInt('first', { description: 'Groups in one answer.' }),
    fileCells: t.exposeInt('fileCells', { description: 'Cells that the answers in one file may be made of.' }),
    fileFirst: t.exposeInt('fileFirst', {
      description: 'Groups in one table of a file. Without `first` a file has them all.',
    }),
    depth: t.exposeInt('depth', { description: 'Deepest nesting of fields.' }),
    breadth: t.exposeInt('breadth', { description: 'Fields in one request.' }),
    aliases: t.exposeInt('aliases', { description: 'Times that one field may be asked for under different names.' }),
    roots: t.exposeInt('roots', { description: 'Root fields in one request.' }),
    tokens: t.exposeInt('tokens', { description: 'Words and signs in a document.' }),
    bodyBytes: t.exposeInt('bodyBytes', { description: 'Bytes in the body of a request.' }),
  }),
});
