// What the page knows: plain stores that any part of the interface may read, and functions that change them.
export * from './beside.ts';
export * from './clock.ts';
export * from './cluster.ts';
export * from './command.ts';
export * from './compare.ts';
export * from './connection.ts';
export * from './editor.ts';
export * from './editor-check.ts';
export * from './editor-files.ts';
export * from './examples.ts';
export * from './facts.ts';
export * from './gallery/index.ts';
export * from './history.ts';
export * from './line-diff.ts';
export * from './living-cluster.ts';
export * from './moment.ts';
export * from './notices.ts';
export * from './open-late.ts';
export * from './selection.ts';
export * from './session.ts';
export * from './terminal.ts';
export {
  clearTerminal,
  FIRST_NAMESPACE,
  TERMINAL_LINES_MAX,
  type TerminalLine,
  terminal,
} from './terminal-lines.ts';
export * from './transport.ts';
export * from './view.ts';
export * from './visible-text.ts';
