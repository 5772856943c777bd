// The way to a line, by indentation.
import { describe, expect, it } from 'vitest';
import { documentAround, pathOfLine } from './yaml-path.ts';

const TEXT = `kind: Service
metadata:
  name: a
---
# the set
spec:
  template:
    spec:
      containers:
      - name: one
        image: x
        ports:
          - name: web
            containerPort: 80
      - name: two
        volumeMounts:
        - mountPath: /data

          name: data
`.split('\n');

const wayTo = (text: string): string => {
  const line = TEXT.findIndex((one) => one.includes(text)) + 1;
  return pathOfLine(TEXT, line)
    .map(({ key }) => key)
    .join('.');
};

describe('the way to a line', () => {
  it('leads through maps and lists, indented or not', () => {
    expect(wayTo('kind: Service')).toBe('kind');
    expect(wayTo('name: a')).toBe('metadata.name');
    expect(wayTo('image: x')).toBe('spec.template.spec.containers.image');
    expect(wayTo('containerPort')).toBe('spec.template.spec.containers.ports.containerPort');
    expect(wayTo('name: data')).toBe('spec.template.spec.containers.volumeMounts.name');
    expect(wayTo('name: two')).toBe('spec.template.spec.containers.name');
  });

  it('ends where a document does', () => {
    expect(wayTo('---')).toBe('');
    expect(pathOfLine(TEXT, 6)).toEqual([{ key: 'spec', line: 6 }]);
    expect(documentAround(TEXT, 2)).toEqual({ from: 1, to: 3 });
    expect(documentAround(TEXT, 8).from).toBe(5);
  });

  it('is known of a line that has no field yet', () => {
    expect(pathOfLine(['spec:', '  replicas: 1', '  '], 3).map(({ key }) => key)).toEqual(['spec']);
    expect(pathOfLine(['a:', '- '], 2).map(({ key }) => key)).toEqual(['a']);
  });
});
