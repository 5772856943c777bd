// kubectl exec -it POD -- sh: a shell in a container. Each line is one exec of its own, so that what it writes is an act
// on the timeline; the folder and the variables are carried from line to line.
import type { Io, Run, Shell } from '../shell.ts';
import { ask, type Exec } from './send.ts';

const LINES_MAX = 10_000;

/**
 * A shell in a container, until `exit` or Ctrl+D.
 * @param ending what is said where its last command failed
 */
export function* attached(
  { before, command }: Exec,
  io: Io,
  shell: Shell,
  ending = (code: number): string => `command terminated with exit code ${code}\n`,
): Run {
  const [name = 'sh'] = command;
  const isBash = name.endsWith('bash');
  const first = yield* ask([...before, '--', name, '-c', 'hostname; echo $HOME']);
  if (first.code !== 0) {
    io.err(first.err);
    return first.code;
  }
  io.err(first.err);
  const [host = '', home = '/root'] = first.out.split('\n');
  const hasFolderInPrompt = isBash || (yield* ask([...before, '--', 'sh', '-c', 'test -f /bin/busybox'])).code === 0;
  let folder = '/';
  let setting = '';
  let code = 0;
  for (let lines = 0; lines < LINES_MAX; lines += 1) {
    const shown = folder === home ? '~' : folder;
    const prompt = isBash ? `root@${host}:${shown}# ` : hasFolderInPrompt ? `${shown} # ` : '# ';
    const { line } = yield { type: 'read', prompt };
    const text = line?.trim();
    if (text === undefined || /^(?:exit|logout)(?:\s+\d+)?$/.test(text)) {
      if (text !== undefined) code = Number(text.split(/\s+/)[1] ?? code);
      break;
    }
    if (text === '') continue;
    const [, target] = /^cd(?:\s+([^;&|<>]+))?$/.exec(text) ?? [];
    if (target !== undefined || text === 'cd') {
      const moved = yield* ask([...before, '--', name, '-c', `cd ${folder}; cd ${target ?? '~'} && pwd`]);
      if (moved.code === 0) folder = moved.out.trim();
      else io.err(withoutEnd(moved.err));
      code = moved.code;
      continue;
    }
    const ran = yield* ask([...before, '--', name, '-c', `${folder === '/' ? '' : `cd ${folder}\n`}${setting}${text}`]);
    io.out(ran.out);
    io.err(withoutEnd(ran.err));
    code = ran.code;
    if (/^(?:export\s+)?[A-Za-z_]\w*=\S*$/.test(text)) setting += `${text}\n`;
    // The container is gone: there is nothing left to type into.
    if (/^(?:Error from server|error: (?!Internal))/.test(ran.err)) return code;
  }
  shell.lastCode = code;
  if (code !== 0) io.err(ending(code));
  return code;
}

/** Within a shell kubectl has nothing to say about codes. */
const withoutEnd = (err: string): string => err.replace(/command terminated with exit code \d+\n$/, '');
