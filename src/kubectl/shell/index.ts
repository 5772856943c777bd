// The shell of the terminal, and that of containers.
export { completeLine } from './complete.ts';
export { quoteWords } from './quote.ts';
export { type LineEnd, runLine } from './run-line.ts';
export type { Ran, Run, Shell, ShellEffect, ShellReply, ShellRequest } from './shell.ts';
export { newTerminalShell, shellForLine, takeCommand, terminalCommands, withHistory } from './terminal/index.ts';
