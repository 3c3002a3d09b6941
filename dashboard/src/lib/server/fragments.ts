import { graphql, type ResultOf } from './graphql.ts';

export const measureParts = graphql(`
  fragment MeasureParts on Measure {
    value
    status
    display
    flags
    breaks {
      label
      nation {
        label
      }
    }
    interval {
      lower
      upper
      level
    }
  }
`);

export const areaParts = graphql(`
  fragment AreaParts on Area {
    level
    code
    label
  }
`);

export const periodParts = graphql(`
  fragment PeriodParts on Period {
    grain
    start
    end
    label
    provisional
  }
`);

export const releaseParts = graphql(`
  fragment ReleaseParts on Release {
    version
    title
    publishedAt
    createdAt
    synthetic
    hasExtracts
    hasPublished
    citation
    licence
    current
  }
`);

export const definitionParts = graphql(`
  fragment DefinitionParts on Definition {
    id
    title
    plain
    ask
    unit
    direction
    formula
    caveats
    source
    field
    subject
    grains
    comparable
    dimensions
    interval
    base
    disclosure
    tallies {
      id
      meaning
    }
    parameters {
      name
      choices {
        value
        meaning
      }
    }
  }
`);

/** What a figure says about its measure; the rest is on the measure's own page. */
export const briefParts = graphql(`
  fragment BriefParts on Definition {
    id
    title
    plain
    unit
    direction
    formula
    caveats
    source
  }
`);

export const refusalParts = graphql(`
  fragment RefusalParts on QueryRefused {
    code
    message
    problems {
      code
      message
    }
    alternatives {
      description
      query
    }
  }
`);

/** A measure as asked for; the comparison is there when the question compares. */
export type MeasureParts = ResultOf<typeof measureParts> & {
  comparison?: { verdict: string; statement: string } | null;
};
export type AreaParts = ResultOf<typeof areaParts>;
export type PeriodParts = ResultOf<typeof periodParts>;
export type ReleaseParts = ResultOf<typeof releaseParts>;
export type Brief = ResultOf<typeof briefParts>;
export type Definition = ResultOf<typeof definitionParts>;
export type Refusal = ResultOf<typeof refusalParts>;
