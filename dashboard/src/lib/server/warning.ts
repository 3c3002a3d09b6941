/** A warning of the API without what only somebody who writes queries can do about it: a last part with a name in back quotes. */
export const forReaders = (message: string): string => message.replace(/; `[^`]*`[^.]*\.$/, '.');

interface Warning {
  code: string;
  message: string;
}

/** Warnings that are about some measures of an answer: other figures made of it need not repeat them. */
const aboutMeasures = ['BREAK', 'METHOD', 'METHODS_DIFFER'];

/** What to say beside a table of many measures about some of them: breaks in their series, how vacancies are counted. */
export const measureCaveats = (warnings: readonly Warning[]): string[] => [
  ...new Set(warnings.flatMap(({ code, message }) => (aboutMeasures.includes(code) ? [forReaders(message)] : []))),
];

/** The warnings that are about a whole answer. */
export const generalWarnings = <One extends Warning>(warnings: readonly One[]): One[] =>
  warnings.filter(({ code }) => !aboutMeasures.includes(code));
