// What Ordinal says of a manifest, as `kubectl apply --dry-run=server` would print it against an empty cluster in which
// every namespace that the file names is there.
import { actNow, done, newSimulation } from '#engine';
import { type Draft, type KubeObject, kindByApi, type Namespace, qualifiedName, splitApiVersion } from '#kube';
import { type KubectlResult, runKubectl } from '#kubectl';
import { codeOfProblem, diagnose, type Problem, parseManifest } from '#manifest';

/** An object that the server would take. */
export interface AcceptedObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** '' for kinds without namespaces. */
  readonly namespace: string;
  readonly name: string;
}

/** Something to say about a file, at its place. */
export interface Diagnostic {
  readonly line: number;
  readonly column: number;
  readonly severity: Problem['severity'];
  /** A rule of SPEC.md. */
  readonly code: string;
  readonly message: string;
}

/** One file's verdict. */
export interface Verdict {
  readonly file: string;
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Objects that the server would take: those that `out` has a line for. */
  readonly objects: readonly AcceptedObject[];
  readonly notSimulated: readonly string[];
  /** What kubectl and the server say, and what the lint rules find, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Checks a manifest.
 * @param file its name
 * @param text untrusted
 */
export function checkManifest(file: string, text: string): Verdict {
  const objects = namespacesIn(file, text).map(newNamespace);
  const cluster = newSimulation({ objects });
  const { gates } = cluster.world.config;
  const { view } = cluster;
  const notes = {
    gates,
    find: view.find,
    list: (kind: string, namespace?: string) => view.list(kind as 'Pod', namespace) as readonly KubeObject[],
  };
  const found = diagnose({ files: { [file]: text }, cluster: notes });
  let result: KubectlResult | undefined;
  actNow(cluster, 'kubectl', 'check', (turn) => {
    result = runKubectl(turn, `apply --dry-run=server -f '${file.replaceAll("'", '')}'`, { [file]: text });
    return done;
  });
  if (!result) throw new Error(`kubectl gave no answer for ${file}`);
  const { code, out, err, notSimulated, problems } = result;
  return {
    file,
    code,
    out,
    err,
    objects: acceptedIn(out, objectsIn(file, text)),
    notSimulated,
    diagnostics: [...problems, ...found].map(asDiagnostic).sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

const asDiagnostic = (problem: Problem): Diagnostic => ({
  line: problem.from.line,
  column: problem.from.column,
  severity: problem.severity,
  code: codeOfProblem(problem),
  message: problem.message,
});

/** Of the objects of a file those that `out` says were created. */
function acceptedIn(out: string, objects: readonly Named[]): readonly AcceptedObject[] {
  const lines = out.split('\n').map((line) => line.replace(/ (?:created|configured|unchanged)\b.*$/, ''));
  return objects.flatMap(({ apiVersion, kind, metadata }) => {
    const info = kindByApi(String(apiVersion), String(kind));
    const name = String(metadata?.name ?? '');
    const index = info ? lines.indexOf(qualifiedName(info, name)) : -1;
    if (!info || index < 0) return [];
    lines.splice(index, 1);
    const { namespace } = metadata ?? {};
    const own = typeof namespace === 'string' && namespace !== '' ? namespace : 'default';
    return [{ apiVersion: String(apiVersion), kind: info.kind, namespace: info.namespaced ? own : '', name }];
  });
}

const BUILT_IN: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

const newNamespace = (name: string): Draft<KubeObject> => {
  const namespace: Draft<Namespace> = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
  return namespace;
};

interface Named {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown } | null;
  readonly items?: unknown;
}

/** Everything in a file that is an object, those in Lists too, and the Lists themselves. */
function objectsIn(file: string, text: string): readonly Named[] {
  const found: Named[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    found.push(value);
    const { items } = value as Named;
    if (Array.isArray(items)) for (const item of items) visit(item);
  };
  for (const { value } of parseManifest(file, text).documents) visit(value);
  return found;
}

/** Namespaces that objects stand in, and those that the file itself makes. */
function namespacesIn(file: string, text: string): readonly string[] {
  const names = new Set<string>();
  for (const { apiVersion, kind, metadata } of objectsIn(file, text)) {
    const { name, namespace } = metadata ?? {};
    if (typeof namespace === 'string') names.add(namespace);
    const isNamespace = kind === 'Namespace' && splitApiVersion(String(apiVersion)).group === '';
    if (isNamespace && typeof name === 'string') names.add(name);
  }
  // A name that no namespace can have was not there beforehand either.
  return [...names].filter((name) => /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name) && !BUILT_IN.has(name));
}
