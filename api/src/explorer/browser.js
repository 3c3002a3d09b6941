const byId = (id) => document.getElementById(id);
const [form, query, variables, example, status, answer, alternatives] = [
  'form',
  'query',
  'variables',
  'example',
  'status',
  'answer',
  'alternatives',
].map(byId);

const examples = {
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
  turnover(by: [PROFESSION], orderBy: [{ measure: { measure: LEAVER_RATE } }], first: 5, rest: true, compare: { previous: true }) {
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

for (const name of Object.keys(examples)) example.append(new Option(name, name));
const asked = new URLSearchParams(location.search);
query.value = asked.get('query') ?? Object.values(examples)[0];
variables.value = asked.get('variables') ?? '';
keepLinks();

example.addEventListener('change', () => {
  if (example.value) ask(examples[example.value]);
});
query.addEventListener('input', keepLinks);
variables.addEventListener('input', keepLinks);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void run();
});
form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

function ask(text) {
  query.value = text;
  variables.value = '';
  keepLinks();
  void run();
}

function keepLinks() {
  const parameters = new URLSearchParams({ query: query.value });
  if (variables.value.trim()) parameters.set('variables', variables.value);
  byId('csv').href = `/export.csv?${parameters}`;
  byId('link').href = `/graphql?${parameters}`;
}

async function run() {
  status.textContent = 'Asking…';
  alternatives.replaceChildren();
  const body = { query: query.value };
  try {
    if (variables.value.trim()) body.variables = JSON.parse(variables.value);
  } catch {
    status.textContent = 'The variables are not JSON.';
    variables.focus();
    return;
  }
  const began = performance.now();
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const result = await response.json();
    answer.textContent = JSON.stringify(result, null, 2);
    status.textContent = `${result.errors ? 'There are errors.' : 'Answered.'} ${Math.round(performance.now() - began)} ms.`;
    offer(Object.values(result.data ?? {}).flatMap((part) => part?.alternatives ?? []));
  } catch {
    status.textContent = 'The server cannot be reached.';
  }
}

function offer(list) {
  for (const { description, query: text } of list) {
    if (typeof text !== 'string') continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = description ?? 'Ask this instead';
    button.addEventListener('click', () => ask(text));
    alternatives.append(button);
  }
}
