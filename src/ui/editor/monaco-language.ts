// What the editor knows of manifests besides the schema: ways out of problems, objects, folds, names, and a form.
import { editor as editorStore, facts, getFacts, type ManifestObject, notify } from '#state';
import { foldsOf } from './folds.ts';
import { namesAt } from './manifest-names.ts';
import { fileOfModel } from './monaco-models.ts';
import { monaco } from './monaco-setup.ts';
import { manifestObjects, objectAtPlace, showInGraph } from './objects.ts';
import { runFix } from './quick-fixes.ts';
import { whyNotSame } from './same-meaning.ts';

type Languages = typeof monaco.languages;
type FormatProvider = Parameters<Languages['registerDocumentFormattingEditProvider']>[1];
type Model = Parameters<FormatProvider['provideDocumentFormattingEdits']>[0];

const RUN_FIX = 'ordinal.fix';
const SHOW_OBJECT = 'ordinal.show';

let isReady = false;

/** Tells the editor's package what is known of manifests. Once a page. */
export function setUpLanguage(): void {
  if (isReady) return;
  isReady = true;
  monaco.editor.addCommand({
    id: RUN_FIX,
    run: (_accessor: unknown, problemIndex: number, fixIndex: number) => {
      const fix = editorStore.getState().problems[problemIndex]?.fixes?.[fixIndex];
      if (fix) void runFix(fix);
    },
  });
  monaco.editor.addCommand({ id: SHOW_OBJECT, run: (_accessor: unknown, id: string) => void showInGraph(id) });
  // What other systems have on other keys is expected here on these as well.
  monaco.editor.addKeybindingRule({
    keybinding: monaco.KeyMod.Shift | monaco.KeyMod.Alt | monaco.KeyCode.KeyF,
    command: 'editor.action.formatDocument',
    when: 'editorTextFocus',
  });
  const { languages } = monaco;
  languages.registerCodeActionProvider('yaml', { provideCodeActions });
  languages.registerDocumentSymbolProvider('yaml', { displayName: 'Objects', provideDocumentSymbols });
  languages.registerCodeLensProvider('yaml', { provideCodeLenses, onDidChange: lensesChanged });
  languages.registerFoldingRangeProvider('yaml', {
    provideFoldingRanges: (model) => foldsOf(model.getLinesContent()),
  });
  languages.registerCompletionItemProvider('yaml', { triggerCharacters: [' '], provideCompletionItems });
}

/**
 * A formatter whose result is taken only where it is proved to mean the same.
 *
 * @param inner - the formatter of the YAML package
 */
export function provedFormat(inner: FormatProvider): FormatProvider {
  return {
    displayName: 'Manifest',
    async provideDocumentFormattingEdits(model, options, token) {
      const edits = await inner.provideDocumentFormattingEdits(model, options, token);
      const [first] = edits ?? [];
      if (!edits || !first) return [];
      const before = model.getValue();
      const why = whyNotSame(before, textAfter(before, model, edits));
      if (why === undefined) return edits;
      notify({ tone: 'problem', topic: 'format', text: `The manifest is not formatted. ${why}` });
      return [];
    },
  };
}

function textAfter(
  text: string,
  model: Model,
  edits: readonly { readonly range: monaco.IRange; readonly text: string | null }[],
): string {
  const placed = edits.map(({ range, text: next }) => ({
    from: model.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn }),
    to: model.getOffsetAt({ lineNumber: range.endLineNumber, column: range.endColumn }),
    next: next ?? '',
  }));
  return placed
    .sort((a, b) => b.from - a.from)
    .reduce((whole, { from, to, next }) => whole.slice(0, from) + next + whole.slice(to), text);
}

const provideCodeActions: Parameters<Languages['registerCodeActionProvider']>[1]['provideCodeActions'] = (
  model,
  range,
  context,
) => {
  const { problems, fileName } = editorStore.getState();
  const isOpen = fileOfModel(model) === fileName;
  const touching = (isOpen ? problems : [])
    .map((problem, at) => ({ problem, at }))
    .filter(({ problem }) => {
      const { from, to, fixes = [] } = problem;
      if (fixes.length === 0 || from.line > range.endLineNumber) return false;
      return Math.max(to.line, from.line) >= range.startLineNumber;
    });
  const actions = touching.flatMap(({ problem, at }) =>
    (problem.fixes ?? []).map((fix, fixAt) => ({
      title: [fix.label, ...(fix.commands ?? []).map((command) => `kubectl ${command}`)].join(' · '),
      kind: 'quickfix',
      isPreferred: fixAt === 0 && (fix.commands ?? []).length === 0,
      diagnostics: context.markers.filter(({ message }) => message === problem.message),
      command: { id: RUN_FIX, title: fix.label, arguments: [at, fixAt] },
    })),
  );
  return { actions, dispose: () => undefined };
};

const provideDocumentSymbols: Parameters<Languages['registerDocumentSymbolProvider']>[1]['provideDocumentSymbols'] = (
  model,
) =>
  objectsOfModel(model).map((object) => {
    const last = model.getLineCount();
    const end = Math.min(Math.max(object.from.line, object.to.line), last);
    return {
      name: object.name === '' ? object.kind : object.name,
      detail: object.kind,
      kind: monaco.languages.SymbolKind.Object,
      tags: [],
      range: new monaco.Range(object.from.line, 1, end, model.getLineMaxColumn(end)),
      selectionRange: new monaco.Range(object.at.line, object.at.column, object.at.line, object.at.column),
    };
  });

const provideCodeLenses: Parameters<Languages['registerCodeLensProvider']>[1]['provideCodeLenses'] = (model) => ({
  lenses: objectsOfModel(model)
    .filter(({ name, id }) => name !== '' && getFacts(id))
    .map(({ from, name, id }) => ({
      range: new monaco.Range(from.line, 1, from.line, 1),
      id,
      command: { id: SHOW_OBJECT, title: `${name} in the graph`, arguments: [id] },
    })),
  dispose: () => undefined,
});

/** The lenses are others when an object comes or goes, or when the files are read again. */
const lensesChanged: NonNullable<Parameters<Languages['registerCodeLensProvider']>[1]['onDidChange']> = (listener) => {
  const tell = () => listener(undefined as never);
  const leave = [
    manifestObjects.subscribe(tell),
    ...(['set', 'service', 'other', 'claim'] as const).map((type) => facts.subscribeIds(type, tell)),
  ];
  return {
    dispose: () => {
      for (const end of leave) end();
    },
  };
};

const provideCompletionItems: Parameters<Languages['registerCompletionItemProvider']>[1]['provideCompletionItems'] = (
  model,
  position,
) => {
  const line = model.getLineContent(position.lineNumber).slice(0, position.column - 1);
  const value = /^\s*(?:- )*["']?[\w./-]+["']?:\s+(["']?[\w./-]*)$/.exec(line)?.[1];
  if (value === undefined) return { suggestions: [] };
  const startColumn = position.column - value.length;
  return {
    suggestions: namesAt(model.getLinesContent(), position.lineNumber).map(({ name, about }) => ({
      label: { label: name, description: about },
      kind: monaco.languages.CompletionItemKind.Reference,
      insertText: name,
      sortText: `0${name}`,
      range: new monaco.Range(position.lineNumber, startColumn, position.lineNumber, position.column),
    })),
  };
};

function objectsOfModel(model: { readonly uri: monaco.Uri }): readonly ManifestObject[] {
  const file = fileOfModel(model);
  return (file === undefined ? undefined : manifestObjects.getState().byFile[file]) ?? [];
}

/**
 * Selects the object that a place of the open file means.
 *
 * @param line - from 1
 * @param column - from 1
 */
export function showObjectAt(line: number, column: number): void {
  const id = objectAtPlace({ fileName: editorStore.getState().fileName, line, column });
  if (id === undefined) notify({ tone: 'info', topic: 'place', text: 'No object can be read at this place.' });
  else showInGraph(id);
}
