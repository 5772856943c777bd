// The terminal of the page.
export { newTerminalShell, shellForLine, type TerminalWorld, terminalCommands } from './terminal-host.ts';
