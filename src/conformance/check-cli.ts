// Checks manifests: `npm run -s check -- FILE...` prints one JSON object a line, with kubectl's words and exit code.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { textOfBytes } from '#lib';
import { checkManifest } from './check.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: check FILE...');
  process.exitCode = 2;
}
for (const file of files) {
  try {
    // Messages name the file the way a person would from its folder.
    const verdict = checkManifest(path.basename(file), textOfBytes(readFileSync(file)));
    process.stdout.write(`${JSON.stringify({ ...verdict, file })}\n`);
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = 1;
  }
}
