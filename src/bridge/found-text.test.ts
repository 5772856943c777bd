import { describe, expect, it } from 'vitest';
import { foundText } from './found-text.ts';
import { importCluster } from './import-cluster.ts';

const META = 'uid: 00000000-0000-4000-8000-000000000001, creationTimestamp: "2025-01-01T00:00:00Z"';
const item = (name: string): string =>
  `- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: ${name}, namespace: default, ${META}}\n`;
const list = (...names: readonly string[]): string =>
  `apiVersion: v1\nitems:\n${names.map(item).join('')}kind: List\nmetadata: {}\n`;

/** How many objects are taken in, or what is said instead. */
function taken(text: string): number | string {
  const answer = importCluster(text);
  return 'problems' in answer ? (answer.problems[0]?.message ?? '') : (answer.counts.ConfigMap ?? 0);
}

describe('what was copied out of a terminal', () => {
  it.each([
    ['a command', '$ kubectl get cm -o yaml\n', ''],
    ['a prompt with a name', 'me@host:~/web (main)$ kubectl get cm -o yaml\n', 'me@host:~/web (main)$ \n'],
    ['a prompt of PowerShell', 'PS C:\\Users\\me> kubectl get cm -o yaml\n', 'PS C:\\Users\\me>\n'],
    ['a warning', 'Warning: v1 Endpoints is deprecated\n', ''],
    ['a fence of Markdown', '```yaml\n', '```\n'],
  ])('KUBE-29 may have %s around it', (_what, before, after) => {
    expect(taken(before + list('a', 'b') + after)).toBe(2);
  });

  it('KUBE-29 may be JSON with a prompt before and behind it', () => {
    const json = `{"apiVersion":"v1","kind":"List","items":[\n{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","uid":"1"}}\n]}`;
    expect(taken(`$ kubectl get cm -o json\n${json}\n$ \n`)).toBe(1);
  });

  it('KUBE-29 keeps lines of scripts that look like commands', () => {
    const script = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, ${META}}\ndata:\n  x: |\n    kubectl get pods\n    $ echo\n`;
    expect(foundText(script).parts.join('')).toBe(script);
  });

  it('KUBE-29 may be two outputs, one behind the other: none takes the place of the other', () => {
    expect(taken(list('a', 'b') + list('c'))).toBe(3);
    expect(taken(`${list('a')}$ kubectl get cm -n x -o yaml\n${list('b')}`)).toBe(2);
  });

  it('KUBE-29 may break off: the object that is not whole is left out, and that is said', () => {
    const text = list('a', 'b', 'c');
    const answer = importCluster(text.slice(0, text.indexOf('name: c') + 9));
    if ('problems' in answer) throw new Error(JSON.stringify(answer.problems));
    expect(answer.counts).toEqual({ ConfigMap: 2 });
    expect(answer.notes[0]).toBe(
      'The text breaks off in the object of line 9: that object and what came behind it are missing.',
    );
  });

  it('KUBE-29 tells the line of a fault as it was pasted', () => {
    const answer = importCluster(`$ kubectl get cm -o yaml\n${list('a')}${list('b').replace('items:', ' items:')}`);
    expect('problems' in answer && answer.problems[0]?.from.line).toBe(10);
  });

  it('KUBE-29 says of a table that it is one, and of a text without objects what is missing', () => {
    expect(taken('NAME    READY   STATUS\nweb-0   1/1     Running\n')).toContain('Add -o yaml');
    expect(taken('$ kubectl get pods -A\nNAMESPACE   NAME    READY\nx           web-0   1/1\n')).toContain(
      'Add -o yaml',
    );
    expect(taken('  uid: 1\n  name: a\n')).toContain('from its first line');
  });
});
