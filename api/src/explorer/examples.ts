/** Questions to begin with, by title. */
export const examples: Record<string, string> = {
  'Headcount by nation': `{
  staff(by: [NATION], totals: true) {
    ... on StaffTable {
      release { version citation }
      rows { isTotal area { label } period { label } headcount { display interval { lower upper } } fte { display } }
      warnings { code message }
    }
    ... on QueryRefused { message alternatives { description query } }
  }
}`,
  'Five professions with the highest leaver rate': `{
  turnover(by: [PROFESSION], orderBy: [{ measure: LEAVER_RATE }], first: 5, rest: true, compare: { previous: true }) {
    ... on TurnoverTable {
      rows {
        isRest profession { label } period { label }
        headcount { display }
        leaverRate { display status interval { lower upper } comparison { statement } }
      }
      statement
    }
    ... on QueryRefused { message alternatives { description query } }
  }
}`,
  'A question that is refused': `{
  staff(by: [ORGANISATION, PROFESSION, BAND, SEX]) {
    ... on StaffTable { rows { area { label } headcount { display } } }
    ... on QueryRefused { code message alternatives { description query } }
  }
}`,
  'What can be asked': `{
  catalogue {
    measures { field title plain subject }
    dimensions { id label sensitive }
    periods { grain label }
    policy { grain level dimensions }
  }
}`,
};
