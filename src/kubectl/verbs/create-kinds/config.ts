// kubectl create configmap and secret: of literals, of files and of files with one variable a line.
import type { Call } from '../../call.ts';
import { CommandError } from '../../errors.ts';
import { GENERATE_FLAGS, generate, nameOf } from '../../generate.ts';
import type { Verb } from '../verb.ts';
import { textToBase64 } from './to-base64.ts';

const SOURCE_FLAGS = {
  ...GENERATE_FLAGS,
  'from-literal': { type: 'array' },
  'from-file': { type: 'strings' },
  'from-env-file': { type: 'strings' },
  'append-hash': { type: 'bool' },
} as const;

/** What keys are refused as, and what they are called. */
interface Words {
  readonly badKey: (key: string) => string;
  readonly taken: (key: string) => string;
}

const KEY = /^[-._a-zA-Z0-9]+$/;
const KEY_RULE =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

function textOf({ files }: Call, name: string): string {
  const plain = name.replace(/^\.\//, '');
  const text = Object.hasOwn(files, plain) ? files[plain] : undefined;
  if (text === undefined) throw new CommandError(`error reading ${name}: no such file or directory`);
  return text;
}

/** A file by itself, or every file of a folder under its own name. k8s: handleConfigMapFromFileSources */
function fileEntries(call: Call, source: string): readonly (readonly [string, string])[] {
  const [left = '', right, ...more] = source.split('=');
  if (more.length > 0) throw new CommandError("key names or file paths cannot contain '='");
  if (right !== undefined && left === '') throw new CommandError(`key name for file path ${right} missing`);
  if (right === '') throw new CommandError(`file path for key name ${left} missing`);
  const file = right ?? left;
  const folder = `${file.replace(/^\.\//, '').replace(/\/$/, '')}/`;
  const inside = Object.keys(call.files).filter(
    (name) => name.startsWith(folder) && !name.slice(folder.length).includes('/'),
  );
  if (inside.length > 0) {
    if (right !== undefined) throw new CommandError('cannot give a key name for a directory path');
    return inside.sort().map((name) => [name.slice(folder.length), call.files[name] ?? ''] as const);
  }
  const key = right === undefined ? (file.split('/').at(-1) ?? file) : left;
  return [[key, textOf(call, file)]];
}

/** `KEY=value` a line; what begins with # is passed over. k8s: cmdutil.AddFromEnvFile */
function envEntries(call: Call, file: string): readonly (readonly [string, string])[] {
  return textOf(call, file)
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const equals = line.indexOf('=');
      const key = equals < 0 ? line : line.slice(0, equals);
      return [key, equals < 0 ? '' : line.slice(equals + 1)] as const;
    });
}

function dataOf(call: Call, words: Words): Record<string, string> {
  const { flags } = call;
  const envFiles = flags.list('from-env-file');
  if (envFiles.length > 0 && (flags.has('from-file') || flags.has('from-literal')))
    throw new CommandError('from-env-file cannot be combined with from-file or from-literal');
  const data: Record<string, string> = {};
  const add = ([key, value]: readonly [string, string]): void => {
    if (!KEY.test(key)) throw new CommandError(words.badKey(key));
    if (Object.hasOwn(data, key)) throw new CommandError(words.taken(key));
    data[key] = value;
  };
  for (const pair of flags.list('from-literal')) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new CommandError(`invalid literal source ${pair}, expected key=value`);
    add([pair.slice(0, equals), pair.slice(equals + 1).replace(/^"([\s\S]*)"$|^'([\s\S]*)'$/, '$1$2')]);
  }
  for (const source of flags.list('from-file')) for (const entry of fileEntries(call, source)) add(entry);
  for (const file of envFiles) for (const entry of envEntries(call, file)) add(entry);
  return data;
}

export const createConfigMap = (word: string): Verb => ({
  name: `create ${word}`,
  flags: SOURCE_FLAGS,
  run(call) {
    const name = nameOf(call);
    const data = dataOf(call, {
      badKey: (key) => `${JSON.stringify(key)} is not a valid key name for a ConfigMap: ${KEY_RULE}`,
      taken: (key) =>
        `cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ConfigMap ${JSON.stringify(name)}`,
    });
    generate(
      call,
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name },
        ...(Object.keys(data).length > 0 && { data }),
      },
      { failing: 'failed to create configmap: ' },
    );
  },
});

const SECRET_FAILED = 'failed to create secret ';

const createGeneric: Verb = {
  name: 'create secret generic',
  flags: { ...SOURCE_FLAGS, type: { type: 'string' } },
  run(call) {
    const name = nameOf(call);
    const entries = Object.entries(
      dataOf(call, {
        badKey: (key) => `${JSON.stringify(key)} is not valid key name for a Secret ${KEY_RULE}`,
        taken: (key) => `cannot add key ${key}, another key by that name already exists`,
      }),
    );
    const type = call.flags.text('type');
    generate(
      call,
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name },
        ...(type && { type }),
        ...(entries.length > 0 && {
          data: Object.fromEntries(entries.map(([key, text]) => [key, textToBase64(text)])),
        }),
      },
      { failing: SECRET_FAILED },
    );
  },
};

const createTls: Verb = {
  name: 'create secret tls',
  flags: { ...GENERATE_FLAGS, cert: { type: 'string' }, key: { type: 'string' }, 'append-hash': { type: 'bool' } },
  run(call) {
    const name = nameOf(call);
    const [cert, key] = [call.flags.text('cert') ?? '', call.flags.text('key') ?? ''];
    if (cert === '' || key === '') throw new CommandError('key and cert must be specified');
    const data = { 'tls.crt': textToBase64(textOf(call, cert)), 'tls.key': textToBase64(textOf(call, key)) };
    generate(
      call,
      { apiVersion: 'v1', kind: 'Secret', metadata: { name }, type: 'kubernetes.io/tls', data },
      { failing: SECRET_FAILED },
    );
  },
};

export const createSecrets: readonly Verb[] = [createGeneric, createTls];
