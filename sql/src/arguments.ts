import { parameters, type Measure, type Parameters } from './measure.ts';

/** The arguments of a measure: those given, and the default of each other one. */
export function argumentsOf(measure: Measure, given: Partial<Parameters> = {}): Parameters {
  const first = <Name extends keyof Parameters>(name: Name) =>
    given[name] ?? measure.parameters?.[name]?.[0] ?? (Object.keys(parameters[name])[0] as Parameters[Name]);
  return { method: first('method'), scope: first('scope'), basis: first('basis') };
}

/** Every combination of the arguments that a measure takes. */
export function everyArguments(measure: Measure): Parameters[] {
  const all: Parameters[] = [];
  for (const method of measure.parameters?.method ?? [undefined])
    for (const scope of measure.parameters?.scope ?? [undefined])
      for (const basis of measure.parameters?.basis ?? [undefined])
        all.push(argumentsOf(measure, { method, scope, basis }));
  return all;
}
