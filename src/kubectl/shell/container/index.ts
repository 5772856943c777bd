// Containers: their files, their commands, what they print.
export { type LogLine, logLines } from './container-logs.ts';
export { type ContainerWorld, imageBase } from './container-world.ts';
export { type Executed, runInContainer } from './run-in-container.ts';
