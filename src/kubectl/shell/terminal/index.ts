// The terminal of the page.
export { newTerminalShell, shellForLine, terminalCommands } from './terminal-host.ts';
