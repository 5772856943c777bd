// What tables of several kinds have in common: columns, ages, and the columns of pod templates.
// k8s: pkg/printers/internalversion/printers.go
import { humanDuration, type KubeObject, type PodTemplateSpec, parseTime } from '#kube';

/** One column: its header, its cell, and whether only `-o wide` shows it. */
export interface Column<T> {
  readonly header: string;
  readonly cell: (object: T, nowMs: number) => string;
  readonly isWide?: boolean;
}

export const NONE = '<none>';
export const UNSET = '<unset>';

export const name: Column<KubeObject> = { header: 'NAME', cell: ({ metadata }) => metadata.name };
export const age: Column<KubeObject> = {
  header: 'AGE',
  cell: ({ metadata }, nowMs) => ageText(metadata.creationTimestamp, nowMs),
};

/** How long ago, as the AGE column says it. */
export function ageText(time: string | null | undefined, nowMs: number): string {
  const ms = parseTime(time);
  return ms === undefined ? '<unknown>' : humanDuration(nowMs - ms);
}

type Named = { readonly name?: unknown; readonly image?: unknown };

/** CONTAINERS and IMAGES of what has a pod template. */
export const containerColumns = <T>(templateOf: (object: T) => PodTemplateSpec | undefined): readonly Column<T>[] =>
  (['name', 'image'] as const).map((member) => ({
    header: member === 'name' ? 'CONTAINERS' : 'IMAGES',
    isWide: true,
    cell: (object) =>
      (templateOf(object)?.spec?.containers ?? []).map((one: Named) => String(one[member] ?? '')).join(','),
  }));

const ROLE_PREFIX = 'node-role.kubernetes.io/';
const ROLE_LABEL = 'kubernetes.io/role';

/** The roles that a node's labels name, sorted. k8s: findNodeRoles */
export function nodeRoles({ metadata }: KubeObject): readonly string[] {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length) return [key.slice(ROLE_PREFIX.length)];
    return key === ROLE_LABEL && value !== '' ? [value] : [];
  });
  return [...new Set(roles)].sort();
}
