// Whatever a person types, kubectl answers.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newShell, setYaml } from './testing/index.ts';
import { verbs } from './verbs/index.ts';

const WORDS = [
  'pods',
  'sts',
  'web',
  'sts/web',
  'sts/',
  '/web',
  'node',
  'node-a',
  'all',
  'a,b',
  'x=1',
  'x-',
  'x=1:NoSchedule',
  '-f',
  'web.yaml',
  '-f=web.yaml',
  '-o',
  'yaml',
  '-ojson',
  '--all',
  '-l',
  'app=nginx',
  'app in (',
  '--replicas=3',
  '--replicas',
  '--cascade',
  '--cascade=orphan',
  '-p',
  '{}',
  '[]',
  '{"spec":null}',
  '{"metadata":{"name":"x"}}',
  '{"spec":{"template":{"spec":{"containers":null}}}}',
  '--type=json',
  '--type=merge',
  '-A',
  '--force',
  '--dry-run=server',
  '--',
  '-',
  '""',
  "'",
  '--for=delete',
  '--timeout=1s',
  '-n',
  'kube-system',
  'kubectl',
];

it('never throws, whatever the command', () => {
  const verb = fc.constantFrom(...verbs.map(({ name }) => name), '', 'nope');
  const words = fc.array(
    fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...WORDS) }, { weight: 1, arbitrary: fc.string() }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(verb, words), { minLength: 1, maxLength: 5 }), (commands) => {
      const shell = newShell({ 'web.yaml': setYaml() });
      shell.run('apply -f web.yaml');
      for (const [name, rest] of commands) {
        const { out, err, code } = shell.run([name, ...rest].join(' '));
        expect(code === 0 || err !== '').toBe(true);
        expect(`${out}${err}`).not.toMatch(/undefined|\[object Object\]|NaN/);
      }
    }),
    { numRuns: 300 },
  );
});

it('what would move the cursor of a terminal is shown and not sent', () => {
  const shell = newShell({
    'cm.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, annotations: {a: "x\\e[2Jy\\rz"}, labels: {}}\ndata: {k: "\\e]0;t\\a"}\n',
  });
  shell.run('apply -f cm.yaml');
  const described = shell.run('describe cm c').out;
  expect(described).toContain('a: x^[[2Jy\\rz\n');
  expect(['\u001b', '\r'].filter((sign) => described.includes(sign))).toEqual([]);
  const columns = shell.run('get cm -o custom-columns=A:.metadata.annotations.a').out;
  expect(columns).toBe('A\nx^[[2Jy\\rz\n');
});
