// Plays recorded traces into the simulator: `npm run -s replay -- FILE...` prints one JSON document a line.
import { readFileSync } from 'node:fs';
import { replay, type Trace } from './index.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: replay TRACE.json...');
  process.exitCode = 2;
}
for (const file of files) {
  try {
    const recorded = JSON.parse(readFileSync(file, 'utf8')) as Trace;
    process.stdout.write(`${JSON.stringify(replay(recorded))}\n`);
  } catch (error) {
    // One trace that cannot be played must not hide the answers to the others.
    console.error(`${file}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = 1;
  }
}
