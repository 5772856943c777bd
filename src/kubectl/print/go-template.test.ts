import { describe, expect, it } from 'vitest';
import { goTemplateText } from './go-template.ts';

const POD = {
  metadata: { name: 'web-0', labels: { app: 'nginx', 'a/b': 'c' } },
  spec: { containers: [{ image: 'nginx:1', ports: [80] }, { image: 'side:2' }], replicas: 3 },
  empty: [],
};
const text = (template: string): string => goTemplateText(template, POD);

describe('templates', () => {
  it('print fields, variables and lists', () => {
    expect(text('{{.metadata.name}} {{.nope}} {{.spec.replicas}}')).toBe('web-0 <no value> 3');
    expect(text('{{range $i, $c := .spec.containers}}{{$i}}={{$c.image}};{{end}}')).toBe('0=nginx:1;1=side:2;');
    expect(text('{{range .spec.containers}}{{.image}}{{"\\n"}}{{end}}')).toBe('nginx:1\nside:2\n');
    expect(text('{{range $k, $v := .metadata.labels}}{{$k}}:{{$v}} {{end}}')).toBe('a/b:c app:nginx ');
    expect(text('{{$n := .metadata.name}}{{with .spec}}{{$n}}{{.replicas}}{{$.metadata.name}}{{end}}')).toBe(
      'web-03web-0',
    );
    expect(text('{{.spec.containers}}')).toBe('[map[image:nginx:1 ports:[80]] map[image:side:2]]');
  });
  it('choose and compare', () => {
    expect(text('{{if eq .spec.replicas 3}}a{{else}}b{{end}}{{if .empty}}c{{else if .nope}}d{{else}}e{{end}}')).toBe(
      'ae',
    );
    expect(text('{{if and .spec (gt .spec.replicas 1)}}many{{end}}{{range .empty}}x{{else}}none{{end}}')).toBe(
      'manynone',
    );
    expect(text('{{len .spec.containers}} {{index .metadata.labels "a/b"}} {{(index .spec.containers 1).image}}')).toBe(
      '2 c side:2',
    );
    expect(text('{{.metadata.name | printf "%s-%d" "x"}}')).toBe('x-web-0');
  });
  it('take blanks away where they are told to', () => {
    expect(text('a {{- " b " -}} c{{/* nothing */}}')).toBe('a b c');
  });
  it('say what they cannot do', () => {
    for (const template of ['{{', '{{range .x}}', '{{end}}', '{{nope .}}', '{{$x}}', '{{)}}', '{{|}}'])
      expect(() => text(template), template).toThrow(/template|unclosed/);
    expect(() => text('{{.metadata.name.first}}')).toThrow("can't evaluate field first");
    expect(() => text('{{index .spec.containers 7}}')).toThrow('out of range');
  });
});
