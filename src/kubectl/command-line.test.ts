// Words and flags of a command line.
import { describe, expect, it } from 'vitest';
import { parseFlags, splitWords } from './command-line.ts';
import { newShell } from './testing/index.ts';

it.each([
  ['get pods', ['get', 'pods']],
  [`patch sts web -p '{"a": "b c"}'`, ['patch', 'sts', 'web', '-p', '{"a": "b c"}']],
  ['a "b \\"c\\" \\n" d\\ e', ['a', 'b "c" \\n', 'd e']],
  [`x '' ""y`, ['x', '', 'y']],
])('splits %s as a shell does', (command, words) => {
  expect(splitWords(command)).toEqual(words);
});

it('takes flags in every form, before and behind the arguments', () => {
  const specs = {
    output: { type: 'string', short: 'o' },
    force: { type: 'bool' },
    all: { type: 'bool', short: 'A' },
    cascade: { type: 'optional', implied: 'background', default: 'none' },
    filename: { type: 'strings', short: 'f' },
  } as const;
  const line = parseFlags(
    ['-Aowide', 'x', '-f', 'a,b', '--filename=c', '--force=false', '-n', 'ns', '--', '--y'],
    specs,
    'kubectl get',
  );
  expect(line.args).toEqual(['x', '--y']);
  expect(line.flags.text('output')).toBe('wide');
  expect(line.flags.list('filename')).toEqual(['a', 'b', 'c']);
  expect([
    line.flags.isOn('all'),
    line.flags.isOn('force'),
    line.flags.text('cascade'),
    line.flags.text('namespace'),
  ]).toEqual([true, false, 'none', 'ns']);
  expect(parseFlags(['--cascade', 'x'], specs, 'kubectl delete').flags.text('cascade')).toBe('background');
});

it.each([
  ['get pods --foo', "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n"],
  ['get pods -z', "error: unknown shorthand flag: 'z' in -z\nSee 'kubectl get --help' for usage.\n"],
  ['scale sts web --replicas', "error: flag needs an argument: --replicas\nSee 'kubectl scale --help' for usage.\n"],
  [
    'scale sts web --replicas=x',
    'error: invalid argument "x" for "--replicas" flag: strconv.ParseInt: parsing "x": invalid syntax\nSee \'kubectl scale --help\' for usage.\n',
  ],
  ['gte pods', 'error: unknown command "gte" for "kubectl"\n\nDid you mean this?\n\tget\n'],
  ['frobnicate', 'error: unknown command "frobnicate" for "kubectl"\n'],
  ['rollout foo', 'error: unknown command "foo"\nSee \'kubectl rollout -h\' for help and examples\n'],
  [
    'attach web-0',
    'error: Ordinal does not simulate "kubectl attach": kubectl logs POD -f shows what a container prints, kubectl exec -it POD -- sh gives a shell in it\n',
  ],
  ["get 'pods", "error: the command ends within a quote: ' is missing\n"],
  ['apply', 'error: must specify one of -f and -k\n'],
  ['apply -f x.yaml', 'error: the path "x.yaml" does not exist\n'],
])('says what kubectl says of %s', (command, err) => {
  const { code, err: said, out } = newShell().run(command);
  expect({ code, said, out }).toEqual({ code: 1, said: err, out: '' });
});

describe('commands', () => {
  const { run } = newShell();

  it('that there are none of are told with those that may be meant', () => {
    expect(run('ls').err).toContain('error: unknown command "ls" for "kubectl"\n\nDid you mean this?\n');
    expect(run('ls').err).toContain('\n\tget\n');
    expect(run('inspect pods').err).toBe(
      'error: unknown command "inspect" for "kubectl"\n\nDid you mean this?\n\tdescribe\n',
    );
  });

  it('may have flags between their words', () => {
    expect(run('-n x rollout --namespace=y status').err).toBe('error: required resource not specified\n');
    expect(run('rollout -n x status').err).toBe('error: required resource not specified\n');
    expect(run('auth can-i get pods -n x').out).toBe('yes\n');
  });
});
