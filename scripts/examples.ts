/** Queries that `npm start` prints to paste, that the README shows and that the tests run. */
export const examples = [
  {
    title: 'Where do support workers leave most? Five professions of Wales and all others, in the last year',
    query: `{ turnover(by: [PROFESSION], where: { nation: [WALES] }, period: { last: { count: 1, grain: YEAR } },
           orderBy: [{ measure: LEAVER_RATE, direction: DESC }], first: 5, rest: true) {
    ... on TurnoverTable {
      release { version citation }
      rows { isRest profession { label } period { label } headcountEnd { display }
             leaverRate(method: NHSE_AVERAGE) { display interval { lower upper } status } }
      warnings { code message } }
    ... on QueryRefused { code message alternatives { description query } } } }
`,
  },
  {
    title: 'How has the workforce grown in each nation?',
    query: `{ staff(by: [NATION], period: { last: { count: 4, grain: YEAR } }) {
    ... on StaffTable { rows { area { label } period { label } headcount { display noise { sd } } fte { display } } }
    ... on QueryRefused { message alternatives { description query } } } }
`,
  },
  {
    title: 'A question that is refused, and the nearest ones that are answered',
    query: `{ staff(by: [ORGANISATION, ETHNIC_GROUP, PROFESSION]) {
    ... on StaffTable { rowCount }
    ... on QueryRefused { code message alternatives { description query } } } }
`,
  },
] as const;
