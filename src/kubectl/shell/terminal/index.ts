// The terminal of the page.
export { newTerminalShell, shellForLine, terminalCommands } from './terminal-host.ts';
export { takeCommand, withHistory } from './typed-line.ts';
