// The editor's package with the features that are used, its workers and its knowledge of YAML. Loaded late: it is much
// larger than everything else together.
import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/codelens/register';
import 'monaco-editor/features/diffEditor/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/format/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/quickCommand/register';
import 'monaco-editor/features/quickOutline/register';
import 'monaco-editor/features/smartSelect/register';
import 'monaco-editor/features/snippet/register';
import 'monaco-editor/features/suggest/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
// The feature entries of 0.57 leave these out, though they need them.
import 'monaco-editor/editor/browser/coreCommands';
import 'monaco-editor/editor/common/standaloneStrings';
import 'monaco-editor/editor/contrib/find/browser/findController';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/languages/definitions/yaml/register';
import editorWorkerUrl from 'monaco-editor/editor/editor.worker?worker&url';
import { configureMonacoYaml, type JSONSchema } from 'monaco-yaml';
import { newWorker } from '#state';
import schemaUrl from './k8s.schema.json?url';
import yamlWorkerUrl from './yaml.worker?worker&url';

export { monaco };

type YamlHost = Parameters<typeof configureMonacoYaml>[0];
type LanguageSelector = Parameters<typeof monaco.languages.registerDocumentFormattingEditProvider>[0];
type FormatProvider = Parameters<typeof monaco.languages.registerDocumentFormattingEditProvider>[1];
type WrapFormat = (inner: FormatProvider) => FormatProvider;

interface WorkerOptions {
  readonly createData?: unknown;
  readonly keepIdleModels?: boolean;
  readonly host?: Record<string, (...args: unknown[]) => unknown>;
}

/**
 * The YAML package asks for a worker in words that the editor has not understood since 0.53: this stands between them.
 * The first message wakes the worker, the second tells it what to do.
 */
const forYaml = (wrapFormat: WrapFormat) =>
  ({
    ...monaco,
    languages: {
      ...monaco.languages,
      // Its outline, its folds and its ways out know nothing of objects: the page has its own.
      registerDocumentSymbolProvider: () => nothing,
      registerFoldingRangeProvider: () => nothing,
      registerCodeActionProvider: () => nothing,
      registerRenameProvider: () => nothing,
      registerDocumentFormattingEditProvider: (selector: LanguageSelector, provider: FormatProvider) =>
        monaco.languages.registerDocumentFormattingEditProvider(selector, wrapFormat(provider)),
    },
    editor: {
      ...monaco.editor,
      createWebWorker<T extends object>({ createData, host, keepIdleModels }: WorkerOptions) {
        const worker = newWorker(yamlWorkerUrl, 'yaml');
        worker.postMessage('ignore');
        worker.postMessage(createData);
        return monaco.editor.createWebWorker<T>({
          worker: Promise.resolve(worker),
          ...(host && { host }),
          ...(keepIdleModels !== undefined && { keepIdleModels }),
        });
      },
    },
  }) as unknown as YamlHost;

const nothing = { dispose: () => undefined };

let isReady = false;

/**
 * Gives the editor its workers and its schema. Once a page; the schema comes behind the first text.
 *
 * @param wrapFormat - stands between the package's formatter and the text
 */
export function setUpMonaco(wrapFormat: WrapFormat): void {
  if (isReady) return;
  isReady = true;
  globalThis.MonacoEnvironment = {
    getWorker: (_id: string, label: string) => newWorker(label === 'yaml' ? yamlWorkerUrl : editorWorkerUrl, label),
  };
  void fetch(schemaUrl)
    .then((response) => response.json() as Promise<JSONSchema>)
    .then((schema) =>
      configureMonacoYaml(forYaml(wrapFormat), {
        enableSchemaRequest: false,
        isKubernetes: true,
        hover: true,
        completion: true,
        format: { enable: true, printWidth: 120 },
        // What is wrong is told by the API server itself, in its own words: see `check`.
        validate: false,
        schemas: [{ uri: 'inmemory://schema/kubernetes-v1.36.json', fileMatch: ['*'], schema }],
      }),
    )
    // Without the schema the editor still edits; completion is what is missed.
    .catch(() => undefined);
}
