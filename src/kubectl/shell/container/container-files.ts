// The files of a container, rule KCTL-21. What lies on a claim belongs to its volume and outlives the pod; an emptyDir
// goes with the pod, everything else with the container. They are kept in the world's memory, so that they are at every
// moment of the history what they were then.
import type { Volume } from '#kube';
import { isMap } from '../../patch/json.ts';
import type { ShellFiles } from '../shell.ts';
import { builtInText, foldersOf } from './built-in-files.ts';
import { type ContainerWorld, statusOf } from './container-world.ts';
import { generatedFiles } from './generated-files.ts';
import { programAt } from './image-programs.ts';

const FILE_CHARACTERS_MAX = 64 * 1024;
const FILES_MAX = 200;

/** Where a folder of the container lies. */
interface Mount {
  readonly path: string;
  /** The part of the key of the memory that stands for the volume. */
  readonly store: string;
  readonly subPath: string;
  readonly isReadOnly: boolean;
  /** Files that come from an object, by name. */
  readonly given?: Readonly<Record<string, string>>;
}

export const MISSING = 'No such file or directory';

/** A path made absolute and without `.` and `..`. */
export function absolute(path: string, folder: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Volumes whose files are written down in objects. */
function givenFiles({ turn, pod }: ContainerWorld, volume: Volume): Readonly<Record<string, string>> | undefined {
  const namespace = pod.metadata.namespace ?? '';
  const source = volume.configMap ?? volume.secret;
  if (!isMap(source)) return volume.projected || volume.downwardAPI ? {} : undefined;
  const kind = volume.configMap ? 'ConfigMap' : 'Secret';
  const name = String(source.name ?? source.secretName ?? '');
  const data: unknown = (turn.view.find(`${kind}/${namespace}/${name}`) as { data?: unknown } | undefined)?.data;
  return Object.fromEntries(Object.entries(isMap(data) ? data : {}).map(([key, value]) => [key, String(value)]));
}

/** The store of a volume: the volume behind a claim, or a place of the pod's own. */
function storeOf({ turn, pod }: ContainerWorld, volume: Volume): string {
  const own = `${pod.metadata.uid}.${volume.name}`;
  const claimName = volume.persistentVolumeClaim?.claimName;
  if (claimName === undefined)
    return isMap(volume.hostPath) ? `${pod.spec.nodeName ?? ''}:${String(volume.hostPath.path)}` : own;
  const claim = turn.view.get('PersistentVolumeClaim', pod.metadata.namespace ?? '', claimName);
  const bound = turn.view.get('PersistentVolume', '', claim?.spec.volumeName ?? '');
  return bound?.metadata.uid ?? own;
}

function mountsOf(world: ContainerWorld): Mount[] {
  const { pod, container } = world;
  return (container.volumeMounts ?? []).flatMap(({ name, mountPath, readOnly, subPath = '' }): Mount[] => {
    const volume = (pod.spec.volumes ?? []).find((one) => one.name === name);
    if (!volume) return [];
    const given = givenFiles(world, volume);
    return [
      {
        path: absolute(mountPath, '/'),
        store: storeOf(world, volume),
        subPath: subPath.replace(/^\/+|\/+$/g, ''),
        isReadOnly: readOnly === true || given !== undefined,
        ...(given && { given }),
      },
    ];
  });
}

/** The container's folder, which commands change, and its files. */
export interface ContainerFiles extends ShellFiles {
  folder: string;
  isFolder(path: string): boolean;
  /** The mount on which a path lies, for `df` and `mount`. */
  mounts(): readonly Mount[];
}

/** The files of a container. */
export function containerFiles(world: ContainerWorld): ContainerFiles {
  const { turn, pod, container, surroundings } = world;
  const generated = generatedFiles(world);
  /** KCTL-23: the kubelet's probes miss a program that is not there. */
  const noteProgram = (path: string, isThere: boolean): void => {
    const program = programAt(world, absolute(path, files.folder));
    if (program !== undefined) surroundings.setProgram?.(turn, pod, container.name, program, isThere);
  };
  const mounts = mountsOf(world).sort((a, b) => b.path.length - a.path.length);
  const status = statusOf(world);
  const layer: Mount = {
    path: '/',
    store: `${pod.metadata.uid}.${container.name}.${status?.restartCount ?? 0}`,
    subPath: '',
    isReadOnly: false,
  };
  const placeOf = (path: string): { mount: Mount; name: string; key: string } => {
    const full = absolute(path, files.folder);
    const mount = mounts.find((one) => full === one.path || full.startsWith(`${one.path}/`)) ?? layer;
    const name = full.slice(mount.path === '/' ? 1 : mount.path.length + 1);
    const inner = [mount.subPath, name].filter(Boolean).join('/');
    return { mount, name, key: `files/${mount.store}/${inner}` };
  };
  const textAt = (path: string): string | undefined => {
    const { mount, name, key } = placeOf(path);
    if (mount.given) return Object.hasOwn(mount.given, name) ? mount.given[name] : undefined;
    return (
      turn.recall<string>(key) ?? (turn.recall(`${key}\u0000gone`) === undefined ? givenText(mount, path) : undefined)
    );
  };
  /** What is there although nobody wrote it. */
  const givenText = (mount: Mount, path: string): string | undefined => {
    const full = absolute(path, files.folder);
    if (Object.hasOwn(generated, full)) return generated[full];
    return mount === layer ? builtInText(world, full) : undefined;
  };
  /** Names of what lies in a folder; the memory knows folders by what is in them. */
  const namesIn = (path: string): string[] => {
    const full = absolute(path, files.folder);
    const { mount, name, key } = placeOf(full);
    const prefix = key.endsWith('/') ? key : `${key}/`;
    const names = new Set<string>();
    for (const [found] of turn.recallAll(prefix)) {
      const rest = found.slice(prefix.length);
      if (rest !== '' && !rest.endsWith('\u0000gone')) names.add(rest.split('/')[0] ?? '');
    }
    if (mount.given && name === '') for (const given of Object.keys(mount.given)) names.add(given);
    for (const one of mounts)
      if (one.path !== full && one.path.startsWith(full === '/' ? '/' : `${full}/`))
        names.add(one.path.slice(full === '/' ? 1 : full.length + 1).split('/')[0] ?? '');
    const inner = full === '/' ? '/' : `${full}/`;
    for (const path of Object.keys(generated))
      if (path.startsWith(inner)) {
        const given = path.slice(inner.length).split('/')[0] ?? '';
        if (turn.recall(`${prefix}${given}\u0000gone`) === undefined) names.add(given);
      }
    if (mount === layer)
      for (const built of foldersOf(world)[full] ?? [])
        if (turn.recall(`${prefix}${built}\u0000gone`) === undefined) names.add(built);
    names.delete('');
    return [...names].sort();
  };
  const isFolder = (path: string): boolean => {
    const full = absolute(path, files.folder);
    if (full === '/' || mounts.some((one) => one.path === full || one.path.startsWith(`${full}/`))) return true;
    if (Object.keys(generated).some((one) => one.startsWith(`${full}/`))) return true;
    const { mount, key } = placeOf(full);
    if (turn.recall(`${key}/`) !== undefined || turn.recallAll(`${key}/`).length > 0) return true;
    return mount === layer && foldersOf(world)[full] !== undefined;
  };
  const files: ContainerFiles = {
    folder: '/',
    isFolder,
    mounts: () => mounts,
    read: (path) => {
      const text = textAt(path);
      return text ?? { error: isFolder(path) ? 'Is a directory' : MISSING };
    },
    write: (path, text) => {
      const { mount, name, key } = placeOf(path);
      if (isFolder(path) || name === '') return 'Is a directory';
      if (mount.isReadOnly) return 'Read-only file system';
      if (!isFolder(absolute(path, files.folder).replace(/\/[^/]+$/, '') || '/')) return MISSING;
      const isNew = turn.recall(key) === undefined;
      if (text.length > FILE_CHARACTERS_MAX) return 'No space left on device';
      if (isNew && turn.recallAll(`files/${mount.store}/`).length >= FILES_MAX) return 'No space left on device';
      turn.remember(key, text);
      turn.remember(`${key}\u0000gone`, undefined);
      noteProgram(path, true);
      return undefined;
    },
    remove: (path) => {
      const { mount, key } = placeOf(path);
      if (mount.isReadOnly) return 'Read-only file system';
      if (mounts.some((one) => one.path === absolute(path, files.folder))) return 'Device or resource busy';
      if (isFolder(path) && textAt(path) === undefined) {
        turn.remember(`${key}/`, undefined);
        return undefined;
      }
      if (textAt(path) === undefined) return MISSING;
      turn.remember(key, undefined);
      if (givenText(mount, path) !== undefined) turn.remember(`${key}\u0000gone`, 1);
      noteProgram(path, false);
      return undefined;
    },
    list: (path) => (isFolder(path) ? namesIn(path) : undefined),
    makeFolder: (path) => {
      const { mount, key } = placeOf(path);
      if (mount.isReadOnly) return 'Read-only file system';
      const parent = absolute(path, files.folder).replace(/\/[^/]+$/, '') || '/';
      if (!isFolder(parent)) files.makeFolder(parent);
      turn.remember(`${key}/`, '');
      return undefined;
    },
  };
  return files;
}
