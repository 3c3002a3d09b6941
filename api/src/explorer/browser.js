import { editorInPlaceOf } from './editor.js';
import { examples } from './examples.ts';

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

for (const name of Object.keys(examples)) example.append(new Option(name, name));
const asked = new URLSearchParams(location.search);
query.value = asked.get('query') ?? Object.values(examples)[0];
variables.value = asked.get('variables') ?? '';
keepLinks();

example.addEventListener('change', () => {
  if (example.value) ask(examples[example.value]);
});
const editor = editorInPlaceOf(query, { changed: keepLinks, run: () => form.requestSubmit() });
variables.addEventListener('input', keepLinks);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void run();
});
form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

function ask(text) {
  editor.write(text);
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
