/** What a cell may be split by. `sensitive`: shown below region alone or with band only. `characteristic`: protected by the Equality Act 2010. */
export interface Dimension {
  id: string;
  label: string;
  characteristic: boolean;
  sensitive: boolean;
}

const dimension = (id: string, label: string, characteristic = false, sensitive = false): Dimension => ({
  id,
  label,
  characteristic,
  sensitive,
});

/** Attributes of the person and the main post; sets of these are combined by the policy. */
export const personDimensions: readonly Dimension[] = [
  dimension('profession', 'Profession'),
  dimension('band', 'Band'),
  dimension('stage', 'Framework stage'),
  dimension('sex', 'Sex', true),
  dimension('ethnic_group', 'Ethnic group', true, true),
  dimension('age_band', 'Age', true),
  dimension('disability', 'Disability', true, true),
  dimension('tenure_band', 'Time in the organisation'),
];

/** What belongs to an event rather than to a person; each is used by the tallies that carry it. */
export const eventDimensions: readonly Dimension[] = [
  dimension('leaving_reason', 'Leaving reason'),
  dimension('destination', 'Destination on leaving'),
  dimension('to_state', 'Where people were a year later'),
  dimension('to_stage', 'Which stage people were at a year later'),
  dimension('standard', 'Apprenticeship standard'),
  dimension('domain', 'Framework domain'),
  dimension('cohort', 'Joining cohort'),
  dimension('elapsed', 'Time since joining'),
];

/** Dimensions of official published figures only. */
export const publishedDimensions: readonly Dimension[] = [
  dimension('staff_group', 'Staff group'),
  dimension('survey_theme', 'Staff survey theme'),
];

export const dimensions: readonly Dimension[] = [...personDimensions, ...eventDimensions, ...publishedDimensions];

/** The name of a set: its dimensions in alphabetical order joined by +; the empty set is the empty text. */
export function setName(ids: readonly string[]): string {
  return [...ids].sort().join('+');
}
