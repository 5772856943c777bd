// What get prints in which form.
import { describe, expect, it } from 'vitest';
import { newShell, setYaml } from '../testing/index.ts';

const CM = (name: string, size: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, labels: {a/b: "${name}"}}\ndata: {size: ${size}}\n`;
const shell = newShell({
  'web.yaml': setYaml(),
  'cms.yaml': [CM('one', '10Gi'), CM('two', '9Mi'), CM('three', '1Gi')].join('---\n'),
  'cols.txt': 'NAME    SIZE\nmetadata.name  {.data.size}\n',
  'path.txt': '{.items[*].metadata.name}',
});
shell.run('apply -f web.yaml -f cms.yaml');
const out = (command: string): string => shell.run(command).out;
const err = (command: string): string => shell.run(command).err;

describe('tables', () => {
  it('begin anew where the kind changes, with a blank line between unless there are no headers', () => {
    expect(out('get cm/one sts/web cm/two --no-headers')).toMatch(
      /^configmap\/one +1 +\S+\nstatefulset.apps\/web +0\/3 +\S+\nconfigmap\/two +1 +\S+\n$/,
    );
    expect(out('get cm/one sts/web cm/two').match(/^NAME/gm)).toHaveLength(3);
    expect(out('get cm/one sts/web cm/two').match(/^$/gm)).toHaveLength(3);
  });

  it('name the namespace when nothing is found only where every kind has one', () => {
    expect(err('get rs,pv')).toBe('No resources found\n');
    expect(err('get rs')).toBe('No resources found in default namespace.\n');
  });

  it('refuse flags that do not go together', () => {
    expect(err('get cm --show-labels -o yaml')).toBe('error: --show-labels option cannot be used with yaml printer\n');
    expect(err('get cm --output-watch-events')).toBe(
      'error: --output-watch-events option can only be used with --watch or --watch-only\n',
    );
    expect(err('get cm one -A')).toBe('error: a resource cannot be retrieved by name across all namespaces\n');
  });
});

describe('whole objects', () => {
  it('are a list unless one was named by itself, in a file too', () => {
    expect(out('get cm one nope -o name')).toBe('configmap/one\n');
    expect(err('get cm one nope -o name')).toBe('Error from server (NotFound): configmaps "nope" not found\n');
    expect(out('get cm x y -o json')).toContain('"items": []');
    expect(out('get cm x -o json')).toBe('');
    expect(out('get -f web.yaml -o jsonpath={.kind}')).toBe('StatefulSet');
    expect(out('get cm one two -o jsonpath={.kind}')).toBe('List');
  });

  it('come in every form', () => {
    expect(out('get cm one -o kyaml')).toMatch(/^---\n\{\n {2}apiVersion: "v1",\n/);
    expect(out('get cm one -o jsonpath-as-json={.data.size}')).toBe('[\n    "10Gi"\n]\n');
    expect(out('get cm -o jsonpath-file=path.txt')).toBe('one three two');
    expect(out('get cm -o custom-columns-file=cols.txt')).toBe(
      'NAME    SIZE\none     10Gi\nthree   1Gi\ntwo     9Mi\n',
    );
    expect(out('get cm one --template={{.data.size}}')).toBe('10Gi');
    expect(out('get cm one -o custom-columns=L:.metadata.labels,S:data.size')).toBe(
      'L              S\nmap[a/b:one]   10Gi\n',
    );
  });

  it('are refused in forms that there are not', () => {
    expect(err('get cm -o foo')).toBe(
      'error: unable to match a printer suitable for the output format "foo", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml\n',
    );
    expect(err('get cm -o jsonpath')).toBe('error: template format specified but no template given\n');
    expect(err('get cm -o custom-columns')).toBe(
      'error: custom-columns format specified but no custom columns given\n',
    );
    expect(err("get cm -o go-template='{{'")).toBe(
      'error: error parsing template {{, template: output:1: unclosed action\n',
    );
  });
});

describe('--sort-by', () => {
  it('sorts quantities by their size, and refuses what no object has', () => {
    expect(out('get cm --sort-by=.data.size -o name')).toBe('configmap/two\nconfigmap/three\nconfigmap/one\n');
    expect(out('get cm --sort-by={.data.size} --no-headers').match(/^\w+/gm)).toEqual(['two', 'three', 'one']);
    expect(err('get cm --sort-by=.spec.nope')).toBe(
      'error: couldn\'t find any field with path "{.spec.nope}" in the list of objects\n',
    );
  });
});

describe('selectors', () => {
  it('that nobody can read are refused by the server, for each kind', () => {
    const why = "unable to parse requirement: found '', expected: ',', ')' or identifier";
    expect(err("get cm -l 'a in ('")).toBe(
      `Error from server (BadRequest): Unable to find "/v1, Resource=configmaps" that match label selector "a in (", field selector "": ${why}\n`,
    );
    expect(err("get cm,sts -l 'a in ('").match(/^Error from server \(BadRequest\)/gm)).toHaveLength(2);
    expect(err('get sts --field-selector=a')).toBe(
      'Error from server (BadRequest): Unable to find "apps/v1, Resource=statefulsets" that match label selector "", field selector "a": invalid selector: \'a\'; can\'t understand \'a\'\n',
    );
    expect(err("apply -f web.yaml -l 'a in ('")).toContain(
      'error: the provided selector "a in (" is not valid: unable',
    );
  });

  it('do not go with names', () => {
    expect(err('get cm one -l a=b')).toBe('error: name cannot be provided when a selector is specified\n');
    expect(err('get cm/one --field-selector=metadata.name=one')).toBe(
      'error: selectors and the all flag cannot be used when passing resource/name arguments\n',
    );
    expect(err('delete cm/one --all')).toBe(
      'error: selectors and the all flag cannot be used when passing resource/name arguments\n',
    );
    expect(err('get cm,sts one')).toBe('error: you must specify only one resource\n');
    expect(err('get sts --subresource=status')).toBe(
      'error: subresource cannot be used when bulk resources are specified\n',
    );
    expect(err('get sts web --subresource=nope')).toBe(
      'Error from server (NotFound): the server could not find the requested resource\n',
    );
    expect(out('get sts web --subresource=scale')).toMatch(/^NAME +DESIRED +AVAILABLE +AGE\nweb +3 +0 +\S+\n$/);
    expect(out('get sts web --subresource=scale -o jsonpath={.kind}{.status.selector}')).toBe('Scaleapp=nginx');
    expect(out('get sts web --subresource=status -o jsonpath={.kind}')).toBe('StatefulSet');
  });
});
