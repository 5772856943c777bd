// What Ordinal says of a manifest, as `kubectl apply --dry-run=server` would print it against an empty cluster in which
// every namespace that the file names is there.
import { actNow, done, newSimulation } from '#engine';
import { type Draft, type KubeObject, type Namespace, splitApiVersion } from '#kube';
import { type KubectlResult, runKubectl } from '#kubectl';
import { parseManifest } from '#manifest';

/** One file's verdict. */
export interface Verdict {
  readonly file: string;
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Objects that the server would take, one a line of `out`. */
  readonly objects: number;
  readonly notSimulated: readonly string[];
  readonly diagnostics: KubectlResult['problems'];
}

/**
 * Checks a manifest.
 * @param file its name
 * @param text untrusted
 */
export function checkManifest(file: string, text: string): Verdict {
  const objects = namespacesIn(file, text).map(newNamespace);
  const cluster = newSimulation({ objects });
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
    objects: out.split('\n').filter(Boolean).length,
    notSimulated,
    diagnostics: problems,
  };
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

/** Namespaces that objects stand in, and those that the file itself makes. */
function namespacesIn(file: string, text: string): readonly string[] {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { apiVersion, kind, metadata, items } = value as Named;
    if (Array.isArray(items)) for (const item of items) visit(item);
    const { name, namespace } = metadata ?? {};
    if (typeof namespace === 'string') names.add(namespace);
    const isNamespace = kind === 'Namespace' && splitApiVersion(String(apiVersion)).group === '';
    if (isNamespace && typeof name === 'string') names.add(name);
  };
  for (const { value } of parseManifest(file, text).documents) visit(value);
  // A name that no namespace can have was not there beforehand either.
  return [...names].filter((name) => /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name) && !BUILT_IN.has(name));
}
