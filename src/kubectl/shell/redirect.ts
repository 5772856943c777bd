// Leads input and output elsewhere: `> file`, `< file`, `2>&1`, and texts that stand in the script.
import { type Capture, expandText } from './expand.ts';
import { countCharacters, type Input, type Io, inputOf, type Run, type Shell, ShellError } from './shell.ts';
import type { Redirect } from './syntax.ts';

/** Runs something with its input and output led elsewhere. What is written comes into the file when it ends. */
export function* withRedirects(
  redirects: readonly Redirect[],
  io: Io,
  shell: Shell,
  capture: Capture,
  run: (io: Io) => Run,
): Run {
  if (redirects.length === 0) return yield* run(io);
  const { files } = shell.host;
  const written = new Map<string, string>();
  let input: Input = io.input;
  let out = io.out;
  let err = io.err;
  for (const { fd, type, target } of redirects) {
    const text = yield* expandText(target, shell, capture);
    if (type === 'text') input = inputOf(text);
    else if (type === 'read') {
      const content = text === '/dev/null' ? '' : files.read(text);
      if (typeof content !== 'string') throw new ShellError(`${shell.host.name}: ${text}: ${content.error}`);
      input = inputOf(content);
    } else if (type === 'duplicate') {
      if (fd === 2 && text === '1') err = out;
      else if (fd === 1 && text === '2') out = err;
      else if (text !== String(fd)) throw new ShellError(`${shell.host.name}: ${text}: only 1 and 2 can be joined`);
    } else {
      const write = writerFor(text, type === 'append' || type === 'bothAppend', shell, written);
      if (fd === 1) out = write;
      if (fd === 2 || type.startsWith('both')) err = write;
    }
  }
  try {
    return yield* run({ input, out, err, isClosed: io.isClosed, isScreen: io.isScreen && out === io.out });
  } finally {
    for (const [name, text] of written) files.write(name, text);
  }
}

function writerFor(
  name: string,
  isAppend: boolean,
  shell: Shell,
  written: Map<string, string>,
): (text: string) => void {
  if (name === '/dev/null') return () => undefined;
  const { files } = shell.host;
  if (!written.has(name)) {
    const before = isAppend ? files.read(name) : '';
    const start = typeof before === 'string' ? before : '';
    const error = files.write(name, start);
    if (error !== undefined) throw new ShellError(`${shell.host.name}: ${name}: ${error}`);
    written.set(name, start);
  }
  return (text) => {
    countCharacters(shell, text);
    written.set(name, (written.get(name) ?? '') + text);
  };
}
