// One model of the package for each file, so that undo, folds and the caret of a file outlive looking at another one.
import { editor as editorStore, getText, setText, watchRenames } from '#state';
import { monaco } from './monaco-setup.ts';

export type CodeEditor = ReturnType<typeof monaco.editor.create>;
export type Model = ReturnType<typeof monaco.editor.createModel>;
type ViewState = ReturnType<CodeEditor['saveViewState']>;

/** Closed files are kept for their undo; beyond this many models those of closed files go. */
const MODELS_MAX = 150;

const models = new Map<string, Model>();
const viewStates = new WeakMap<Model, NonNullable<ViewState>>();
let lastNumber = 0;

// The model goes with the file: its undo is that of the text, not of the name.
watchRenames((from, to) => {
  const model = models.get(from);
  models.get(to)?.dispose();
  models.delete(from);
  if (model) models.set(to, model);
});

/**
 * The model of a file, made where there is none.
 *
 * @param fileName - its name
 */
export function modelOf(fileName: string): Model {
  const known = models.get(fileName);
  if (known && !known.isDisposed()) return known;
  if (models.size >= MODELS_MAX) disposeClosed();
  lastNumber += 1;
  const model = monaco.editor.createModel('', 'yaml', monaco.Uri.parse(`inmemory://model/${lastNumber}.yaml`));
  models.set(fileName, model);
  return model;
}

/**
 * The file that a model shows.
 *
 * @param model - as the package hands it to a provider
 * @returns undefined for models that are no file
 */
export function fileOfModel(model: { readonly uri: { toString(): string } }): string | undefined {
  const uri = model.uri.toString();
  for (const [name, one] of models) if (one.uri.toString() === uri) return name;
  return undefined;
}

function disposeClosed(): void {
  const { files, fileName } = editorStore.getState();
  for (const [name, model] of models)
    if (!Object.hasOwn(files, name) && name !== fileName) {
      model.dispose();
      models.delete(name);
    }
}

/**
 * Keeps the store and the model of the open file the same, whichever changes.
 *
 * @param instance - the editor that shows the open file
 * @returns ends it
 */
export function bindText(instance: CodeEditor): () => void {
  const keepView = () => {
    const model = instance.getModel();
    const state = instance.saveViewState();
    if (model && state) viewStates.set(model, state);
  };
  const show = () => {
    const model = modelOf(editorStore.getState().fileName);
    const isOther = instance.getModel() !== model;
    if (isOther) {
      keepView();
      instance.setModel(model);
    }
    const text = getText();
    // As an edit, so that it can be undone; a model that was empty has nothing to go back to.
    if (model.getValue() !== text) {
      if (model.getValueLength() === 0) model.setValue(text);
      else model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    }
    const state = viewStates.get(model);
    if (isOther && state) instance.restoreViewState(state);
  };
  show();
  const leave = editorStore.subscribe(show);
  const changes = instance.onDidChangeModelContent(() => setText(instance.getValue()));
  return () => {
    keepView();
    leave();
    changes.dispose();
  };
}
