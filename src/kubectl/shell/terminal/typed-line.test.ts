// What is typed before it is run: prompts, several commands, lines of before.
import { describe, expect, it } from 'vitest';
import { takeCommand, withHistory } from './typed-line.ts';

/** All commands of a text, one by one. */
function commandsOf(text: string): (string | undefined)[] {
  const commands: (string | undefined)[] = [];
  for (let rest = text; rest !== '' && commands.length < 20; ) {
    const taken = takeCommand(rest);
    commands.push(taken?.command);
    rest = taken?.rest ?? '';
  }
  return commands;
}

describe('what was pasted', () => {
  it('is taken command by command', () => {
    expect(commandsOf('a; b && c\n\nd |\n  e \\\n -f\n# said\ng')).toEqual([
      'a; b && c',
      'd |\n  e \\\n -f',
      '# said\ng',
    ]);
    expect(commandsOf('for i in 1 2; do\n  echo $i\ndone\r\ncat <<EOF | b -\nx\n\ny\nEOF\nc')).toEqual([
      'for i in 1 2; do\n  echo $i\ndone',
      'cat <<EOF | b -\nx\n\ny\nEOF',
      'c',
    ]);
  });
  it('waits for what is missing, and stops at what cannot be read', () => {
    expect(commandsOf('a\nfor i in 1; do')).toEqual(['a', undefined]);
    expect(commandsOf('a\nb )\nc')).toEqual(['a', 'b )\nc']);
    expect(takeCommand('')).toEqual({ command: '', rest: '', leftOut: 0 });
  });
  it('loses the prompts that were copied along, and what the commands had printed', () => {
    const text = '$ kubectl get pods\nNAME   READY\nweb-0  1/1\n\n$ for i in 0; do\n> echo $i\n> done\n0\n';
    expect(takeCommand(text)).toEqual({
      command: 'kubectl get pods',
      rest: 'for i in 0; do\necho $i\ndone',
      leftOut: 3,
    });
    expect(takeCommand('$HOME $ a')).toEqual({ command: '$HOME $ a', rest: '', leftOut: 0 });
  });
});

describe('lines of before', () => {
  const history = ['kubectl get pods', 'ls', 'kubectl get sts web'];
  const put = (line: string): string => withHistory(line, history).line;
  it('are put in', () => {
    expect(put('!! -o wide; echo !$')).toBe('kubectl get sts web -o wide; echo web');
    expect(put('!1 && !-2')).toBe('kubectl get pods && ls');
    expect(put('!kubectl')).toBe('kubectl get sts web');
  });
  it('stay out of quotes, of tests and of several lines', () => {
    for (const line of [`echo '!!' "hi!!" \\!!`, '[ ! -f x ]', '! true', 'a != b', 'echo hi!', 'a\n!!'])
      expect(put(line)).toBe(line);
  });
  it('are told when there are none', () => {
    expect(withHistory('!nope x', history)).toEqual({ line: '!nope x', problem: 'bash: !nope: event not found' });
    expect(withHistory('!!', []).problem).toBe('bash: !!: event not found');
    expect(withHistory('!0', history).problem).toContain('event not found');
  });
});
