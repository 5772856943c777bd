// What is said of text that came along with a manifest.
import { describe, expect, it } from 'vitest';
import { fixed, lineOf, lint, setOf, withService } from '../testing/lint.ts';

const GOOD = withService();

describe('a terminal', () => {
  it('LINT-27 fed the manifest to a command', () => {
    const text = `cat <<EOF | kubectl apply -f -\n${GOOD}EOF\n`;
    expect(lint(text, 'LINT-27')).toMatchObject([{ severity: 'error', from: { line: 1 } }]);
    expect(fixed(text, 'LINT-27')).toBe(GOOD);
  });

  it('LINT-27 is taken away with prompts and with the indentation of all lines', () => {
    const text = `$ kubectl create ns shop\n$ kubectl apply -f - <<'END'\n${setOf().replace(/^(?=.)/gm, '    ')}    END\n`;
    expect(fixed(text, 'LINT-27')).toBe(setOf());
  });

  it.each([
    '$ kubectl apply -f web.yaml',
    'me@host:~/web$ cat web.yaml',
    'kubectl get sts web -o yaml',
    'PS C:\\web> kubectl get sts',
  ])('LINT-28 printed %s', (line) => {
    const text = `${line}\n${GOOD}`;
    expect(lint(text, 'LINT-28')[0]?.from.line).toBe(1);
    expect(fixed(text, 'LINT-28')).toBe(GOOD);
  });

  it('LINT-28 showed a table or a description', () => {
    expect(lint('NAME   READY   AGE\nweb    3/3     5m\n', 'LINT-28')[0]?.message).toContain('-o yaml');
    expect(
      lint(
        'Name:               web\nNamespace:          default\nCreationTimestamp:  Thu, 01 Jan 2026 00:00:00 +0000\nLabels: a\n  b\n c: d\n',
        'LINT-28',
      ),
    ).toHaveLength(1);
  });

  it('LINT-27, LINT-28 are not seen in scripts within a manifest', () => {
    const config =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  run.sh: |\n    $ kubectl apply\n    cat <<EOF\n    x\n    EOF\n';
    expect(lint(config)).toEqual([]);
    expect(lint(`${config}---\nbroken: [\n`)).toEqual([]);
  });
});

describe('a difference', () => {
  it('LINT-29 left its marks on each line', () => {
    const text = `diff --git a/web.yaml b/web.yaml\n--- a/web.yaml\n+++ b/web.yaml\n@@ -1,5 +1,5 @@\n${setOf({
      spec: '@  replicas: 3\n',
    })
      .replace(/^/gm, ' ')
      .replace(/^ @/gm, '-  replicas: 2\n+')
      .trimEnd()}\n`;
    expect(lint(text, 'LINT-29')).toMatchObject([{ from: { line: 1 } }]);
    expect(fixed(text, 'LINT-29')).toBe(setOf({ spec: '  replicas: 3\n' }));
  });

  it('LINT-29 left marks on a few lines', () => {
    const text = setOf({ spec: '-  replicas: 2\n+  replicas: 3\n' }).replace('-  replicas', '-  replicas');
    expect(lint(text, 'LINT-29')).toHaveLength(1);
  });
});

describe('a template', () => {
  it('LINT-30 was not filled in', () => {
    expect(lint('{{- if .Values.on }}\napiVersion: v1\nkind: Service\n{{- end }}\n', 'LINT-30')[0]?.from.line).toBe(1);
    expect(lint(setOf({ name: '{{ .Release.Name }}' }), 'LINT-30')).toHaveLength(1);
    expect(lint(setOf({ name: '"{{ .Release.Name }}"' }), 'LINT-30')[0]?.from.line).toBe(4);
  });

  it('LINT-30 may be meant in the texts of a manifest', () => {
    const config =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  alert: |\n    {{ $labels.pod }} is down\n';
    expect(lint(config)).toEqual([]);
    expect(lint(`${config}---\nbroken: [\n`)).toEqual([]);
  });

  it.each(['<name>', '$' + '{NAME}', '$IMAGE:1', '"{image}"'])('LINT-31 holds a place for %s', (image) => {
    const text = withService({ image });
    const from = { line: lineOf(text, 'image:') };
    expect(lint(text, 'LINT-31')).toMatchObject([{ severity: 'warning', from }]);
  });
});

describe('a page', () => {
  it('LINT-32 marked the manifest as code', () => {
    expect(fixed(`\`\`\`yaml\n${GOOD}\`\`\`\n`, 'LINT-32')).toBe(GOOD);
    const two = `\`\`\`yaml\n${setOf()}\`\`\`\n\`\`\`yaml\n${setOf({ name: 'b' })}\`\`\`\n`;
    expect(lint(fixed(two, 'LINT-32')).map(({ code }) => code)).toEqual(['LINT-1', 'LINT-1']);
  });

  it('LINT-33 left lines out', () => {
    expect(
      lint('apiVersion: apps/v1\nkind: StatefulSet\nspec:\n  ...\n  template:\n    a: b\n', 'LINT-33')[0]?.from.line,
    ).toBe(4);
    expect(lint(`${GOOD}...\n`)).toEqual([]);
  });

  it('LINT-34 put characters in that only look right', () => {
    const text = GOOD.replace('  name: web', '\u00a0 name: web');
    expect(fixed(text, 'LINT-34')).toBe(GOOD);
    const texts = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: \u201cquoted\u201d\u00a0text\n';
    expect(lint(texts)).toEqual([]);
  });
});

it('LINT-35 tells of tabs that indent', () => {
  const text = GOOD.replace('  name: web', '\tname: web');
  expect(lint(text, 'LINT-35')).toMatchObject([{ from: { line: lineOf(text, '\tname'), column: 1 } }]);
  expect(fixed(text, 'LINT-35')).toBe(GOOD);
  const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  Makefile: |\n    all:\n    \tcc x\n';
  expect(lint(config)).toEqual([]);
});
