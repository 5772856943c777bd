// Lints small manifests in tests, against a cluster that is a list of objects.
import { type FeatureGates, type KubeObject, keyOf, kindOf } from '#kube';
import type { Problem } from '../../types.ts';
import { diagnose } from '../diagnose.ts';
import { applyFix } from '../edits.ts';
import type { ClusterNotes } from '../types.ts';

/** What a test says about the cluster. */
export interface LintSetting {
  readonly objects?: readonly unknown[];
  readonly gates?: FeatureGates;
  readonly beside?: Readonly<Record<string, string>>;
  /** Leaves out the default StorageClass that is there otherwise. */
  readonly hasNoClass?: boolean;
}

const FILE = 'a.yaml';

const DEFAULT_CLASS = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'sim.example/provisioner',
};

/** A cluster of some objects. */
export function notesOf({ objects = [], gates = {}, hasNoClass = false }: LintSetting = {}): ClusterNotes {
  const all = [...(hasNoClass ? [] : [DEFAULT_CLASS]), ...objects] as KubeObject[];
  const keyOfObject = (object: KubeObject): string =>
    keyOf(kindOf(object)?.storeKind ?? object.kind, object.metadata.namespace, object.metadata.name);
  return {
    gates,
    list: (kind, namespace) =>
      all.filter((one) => one.kind === kind && (namespace === undefined || one.metadata.namespace === namespace)),
    find: (key) => all.find((one) => keyOfObject(one) === key),
  };
}

/** Everything that is found in a manifest, or what one rule finds. */
export function lint(text: string, code?: string, setting: LintSetting = {}): readonly Problem[] {
  const { beside = {} } = setting;
  const all = diagnose({ files: { [FILE]: text }, beside, cluster: notesOf(setting) });
  return code === undefined ? all : all.filter((problem) => problem.code === code);
}

/** The lines in which a rule finds something. */
export const linesOfRule = (text: string, code: string, setting: LintSetting = {}): readonly number[] =>
  lint(text, code, setting).map(({ from }) => from.line);

/** The line in which some words stand for the first time. */
export function lineOf(text: string, words: string): number {
  const at = text.indexOf(words);
  if (at < 0) throw new Error(`"${words}" is not in the text`);
  return text.slice(0, at).split('\n').length;
}

/** The text after a fix of a rule: the first of all, or the one whose label holds some words. */
export function fixed(text: string, code: string, label = '', setting: LintSetting = {}): string {
  const all = lint(text, code, setting).flatMap(({ fixes = [] }) => fixes);
  const fix = all.find((one) => one.label.includes(label));
  if (!fix) throw new Error(`no fix "${label}" among ${all.map((one) => one.label).join(' | ') || 'none'}`);
  return applyFix(text, fix);
}

/** Parts of a small StatefulSet that a test says itself; whole lines with their indentation. */
export interface SetParts {
  readonly name?: string;
  readonly namespace?: string;
  readonly serviceName?: string | null;
  /** Lines under `spec`. */
  readonly spec?: string;
  readonly selector?: string;
  readonly labels?: string;
  /** Lines under the pods' spec, before the containers. */
  readonly pod?: string;
  readonly image?: string;
  /** Lines of the container. */
  readonly container?: string;
  readonly apiVersion?: string;
}

/** A small StatefulSet that no rule finds anything in, once its Service is there. */
export const setOf = ({
  name = 'web',
  namespace,
  serviceName = 'nginx',
  spec = '',
  selector = '  selector:\n    matchLabels:\n      app: nginx\n',
  labels = '        app: nginx\n',
  pod = '',
  image = 'nginx:1.27',
  container = '',
  apiVersion = 'apps/v1',
}: SetParts = {}): string => `apiVersion: ${apiVersion}
kind: StatefulSet
metadata:
  name: ${name}
${namespace === undefined ? '' : `  namespace: ${namespace}\n`}spec:
${serviceName === null ? '' : `  serviceName: ${serviceName}\n`}${spec}${selector}  template:
    metadata:
      labels:
${labels}    spec:
${pod}      containers:
        - name: nginx
          image: ${image}
${container}`;

/** A headless Service for it. */
export const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: nginx
spec:
  clusterIP: None
  selector:
    app: nginx
---
`;

/** The set with its Service. */
export const withService = (parts: SetParts = {}): string => SERVICE + setOf(parts);
