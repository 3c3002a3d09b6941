import { Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { graphql, updateSchema } from 'cm6-graphql';
import { basicSetup } from 'codemirror';
import { buildSchema } from 'graphql';

const look = EditorView.theme({
  '&': { border: '2px solid #4c6272', borderRadius: '4px', background: '#fff', fontSize: '14px', maxHeight: '70vh' },
  '&.cm-focused': { outline: '3px solid #ffeb3b', borderColor: '#212b32' },
  '.cm-scroller': { fontFamily: 'ui-monospace, monospace', minHeight: '24rem', overflow: 'auto' },
  '.cm-tooltip': { maxWidth: '32rem' },
  '.cm-completionInfo': { whiteSpace: 'pre-wrap', fontFamily: 'system-ui, sans-serif' },
});

/**
 * Puts an editor in place of a textarea, which keeps the text: completion, descriptions and faults come from the schema of this
 * server. `changed` is told of every edit, `run` of Control and Enter. Gives `write`, which sets the text.
 */
export function editorInPlaceOf(textarea, { changed, run }) {
  const host = document.createElement('div');
  textarea.after(host);
  textarea.hidden = true;
  // In a shadow tree the editor's styles are constructed sheets, which the content security policy of the page lets through.
  const root = host.attachShadow({ mode: 'open' });
  const view = new EditorView({
    root,
    parent: root,
    doc: textarea.value,
    extensions: [
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (run(), true) }])),
      basicSetup,
      graphql(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'Question, in GraphQL' }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        textarea.value = update.state.doc.toString();
        changed();
      }),
      look,
    ],
  });
  void learnSchema(view);
  return {
    write: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
  };
}

/** Without a schema (a server may keep it to itself) the editor still edits. */
async function learnSchema(view) {
  const response = await fetch('/schema.graphql').catch(() => null);
  if (response?.ok) updateSchema(view, buildSchema(await response.text()));
}
