// Containers: their files, their commands, what they print.
export { logLines } from './container-logs.ts';
export { imageBase } from './container-world.ts';
export { runInContainer } from './run-in-container.ts';
