// Whatever text comes in, lint ends, and every fix that it offers leaves a text that can be read as far as before.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseManifest } from '../parse-manifest.ts';
import { diagnose } from './diagnose.ts';
import { applyFix } from './edits.ts';
import { lint, notesOf, withService } from './testing/lint.ts';

const cluster = notesOf();

/** A manifest with many things to say about, in which lines are then mistreated. */
const FULL = withService({
  spec: `  replicas: 3
  updateStrategy:
    type: RollingUpdate
    rollingUpdate: {partition: 3, maxUnavailable: 2}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec:
        storageClassName: fast
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 1Gi}}
`,
  pod: '      terminationGracePeriodSeconds: 5\n      volumes:\n        - name: data\n          emptyDir: {}\n',
  image: 'k8s.gcr.io/web',
  container:
    '          readinessProbe: {httpGet: {port: web}}\n          lifecycle: {preStop: {sleep: {seconds: 9}}}\n          volumeMounts:\n            - {name: date, mountPath: /a}\n',
});

const MISDEEDS: readonly ((line: string) => string)[] = [
  (line) => `  ${line}`,
  (line) => line.replace(/^ {2}/, ''),
  (line) => line.replace(/^ {2}/, '\t'),
  (line) => `${line}\n${line}`,
  () => '',
  (line) => `+${line}`,
  (line) => `$ ${line}`,
  (line) => line.replace(/\w/, 'x'),
  (line) => line.replace(':', ': |'),
  (line) => line.replace(/: .*/, ': {{ x }}'),
  (line) => line.replace(/: /, ': &a '),
  (line) => line.replace(/: .*/, ': *a'),
  (line) => `${line}\r`,
  (line) => `${line} # note`,
  (line) => `\`\`\`\n${line}`,
  (line) => `cat <<EOF\n${line}\nEOF`,
  (line) => `---\n${line}`,
  (line) => line.replace(/\b\w+$/, '[a, {b: c}]'),
];

it('LINT-24, LINT-37 and all others never throw, and their fixes never make a text worse', () => {
  const lines = FULL.split('\n');
  const misdeed = fc.tuple(fc.nat(lines.length - 1), fc.constantFrom(...MISDEEDS));
  fc.assert(
    fc.property(fc.array(misdeed, { maxLength: 4 }), fc.boolean(), (misdeeds, isWindows) => {
      const bad = [...lines];
      for (const [index, change] of misdeeds) bad[index] = change(bad[index] ?? '');
      const text = bad.join(isWindows ? '\r\n' : '\n');
      const before = parseManifest('a.yaml', text);
      for (const { fixes = [], from, to } of lint(text)) {
        expect(from.line).toBeGreaterThan(0);
        expect(to.line).toBeGreaterThanOrEqual(from.line);
        for (const fix of fixes) {
          const after = parseManifest('a.yaml', applyFix(text, fix));
          const why = `${fix.label}\n${text}`;
          expect(after.error === undefined || before.error !== undefined, why).toBe(true);
          expect(after.documents.length, why).toBeGreaterThanOrEqual(before.documents.length);
        }
      }
    }),
    { numRuns: 400 },
  );
});

it('LINT-1 to LINT-37 take in any text and any object', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...' \n\t:-{}[]<>$+`#&*|\'"ab.', 'kind', 'metadata', '- ') }),
      (text) => {
        expect(() => diagnose({ files: { 'a.yaml': text }, cluster })).not.toThrow();
      },
    ),
  );
  const words = [
    'spec',
    'template',
    'metadata',
    'name',
    'containers',
    'volumes',
    'labels',
    'selector',
    'matchLabels',
    'items',
  ];
  const key = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 3 }));
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 6 }, fc.constantFrom(null, 0, -1, 'x', true, '', []), tie('list'), tie('object')),
    list: fc.array(tie('any'), { maxLength: 3 }),
    object: fc.dictionary(key, tie('any'), { maxKeys: 4 }),
  })).object;
  const kinds = [
    'StatefulSet',
    'Service',
    'PodDisruptionBudget',
    'PersistentVolumeClaim',
    'HorizontalPodAutoscaler',
    'List',
    'X',
  ];
  const versions = ['apps/v1', 'v1', 'policy/v1', 'apps/v1beta1', 'autoscaling/v2', ''];
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.constantFrom(...versions), value, (kind, apiVersion, rest) => {
      const text = JSON.stringify({ ...(rest as object), apiVersion, kind });
      expect(() => diagnose({ files: { 'a.json': text }, cluster })).not.toThrow();
    }),
    { numRuns: 500 },
  );
});

it('LINT-36 and all others take time that grows with the text', () => {
  const many = Array.from({ length: 900 }, (_, index) => withService({ name: `web-${index}` }).slice(0, 1100)).join(
    '---\n',
  );
  const start = performance.now();
  expect(lint(many).length).toBeLessThanOrEqual(500);
  expect(performance.now() - start).toBeLessThan(6000);
});
