// How the editor looks and behaves, and the one that compares.
import type { monaco } from './monaco-setup.ts';

/** The look of the editor, and of the one that compares. */
export const EDITOR_OPTIONS = {
  automaticLayout: true,
  fontSize: 13,
  lineHeight: 17,
  fontLigatures: false,
  minimap: { enabled: false },
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 14,
  glyphMargin: false,
  folding: true,
  padding: { top: 7, bottom: 40 },
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  renderWhitespace: 'selection',
  scrollBeyondLastLine: false,
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
  wordBasedSuggestions: 'off',
  quickSuggestions: { other: true, strings: true, comments: false },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  fixedOverflowWidgets: true,
  codeLensFontSize: 12,
  codeLensFontFamily: 'var(--font-ui)',
  bracketPairColorization: { enabled: false },
} as const satisfies Parameters<typeof monaco.editor.create>[1];
