// What kubectl tells of the server and of itself: version, api-resources, api-versions, cluster-info, auth.
import { compareBytes, KINDS, type KindInfo, kindByWord } from '#kube';
import type { Call } from '../call.ts';
import { CommandError } from '../errors.ts';
import { alignColumns } from '../print/columns.ts';
import { goJsonText } from '../print/to-json.ts';
import { toYaml } from '../print/to-yaml.ts';
import type { Verb } from './verb.ts';

const VERSION = 'v1.36.2';
const KUSTOMIZE = 'v5.8.1';

export const version: Verb = {
  name: 'version',
  flags: { client: { type: 'bool' }, output: { type: 'string', short: 'o' } },
  run(call) {
    const output = call.flags.text('output');
    const about = { gitVersion: VERSION, major: '1', minor: '36' };
    const whole = {
      clientVersion: about,
      kustomizeVersion: KUSTOMIZE,
      ...(!call.flags.isOn('client') && { serverVersion: about }),
    };
    if (output === 'yaml') call.write(toYaml(whole));
    else if (output === 'json') call.write(goJsonText(whole, '  '));
    else if (output !== undefined && output !== '') throw new CommandError("--output must be 'yaml' or 'json'");
    else {
      call.print(`Client Version: ${VERSION}\nKustomize Version: ${KUSTOMIZE}`);
      if (!call.flags.isOn('client')) call.print(`Server Version: ${VERSION}`);
    }
  },
};

export const apiResources: Verb = {
  name: 'api-resources',
  flags: {
    'api-group': { type: 'string' },
    namespaced: { type: 'bool' },
    verbs: { type: 'strings' },
    categories: { type: 'strings' },
    'no-headers': { type: 'bool' },
    'sort-by': { type: 'string' },
    output: { type: 'string', short: 'o' },
    cached: { type: 'bool' },
  },
  run(call) {
    const { flags } = call;
    const kinds = KINDS.filter((info) => isAsked(call, info));
    const by = flags.text('sort-by');
    if (by !== undefined && by !== '' && by !== 'name' && by !== 'kind')
      throw new CommandError(`--sort-by accepts only name or kind`);
    const chosen = by
      ? [...kinds].sort((a, b) => compareBytes(keyOf(a, by), keyOf(b, by)) || compareBytes(a.plural, b.plural))
      : kinds;
    const output = flags.text('output') ?? '';
    if (output === 'name') {
      for (const info of chosen) call.print(info.group === '' ? info.plural : `${info.plural}.${info.group}`);
      return;
    }
    if (call.args.length > 0)
      throw new CommandError(
        `unexpected arguments: [${call.args.join(' ')}]\nSee '${call.command} -h' for help and examples`,
      );
    if (output !== '' && output !== 'wide')
      throw new CommandError(
        `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: name,wide`,
      );
    const isWide = output === 'wide';
    const rows = chosen.map((info) => [
      info.plural,
      info.shortNames.join(','),
      info.apiVersion,
      String(info.namespaced),
      info.kind,
      ...(isWide ? [info.verbs.join(','), info.categories.join(',')] : []),
    ]);
    const header = [
      'NAME',
      'SHORTNAMES',
      'APIVERSION',
      'NAMESPACED',
      'KIND',
      ...(isWide ? ['VERBS', 'CATEGORIES'] : []),
    ];
    call.write(alignColumns(flags.isOn('no-headers') ? rows : [header, ...rows]));
  },
};

const keyOf = (info: KindInfo, by: 'name' | 'kind'): string => (by === 'kind' ? info.kind : info.plural);

function isAsked({ flags }: Call, info: KindInfo): boolean {
  if (flags.has('api-group') && info.group !== flags.text('api-group')) return false;
  if (flags.has('namespaced') && info.namespaced !== flags.isOn('namespaced')) return false;
  if (!flags.list('categories').every((category) => info.categories.includes(category))) return false;
  return flags.list('verbs').every((verb) => info.verbs.includes(verb));
}

export const apiVersions: Verb = {
  name: 'api-versions',
  flags: {},
  run(call) {
    const versions = KINDS.flatMap((info) => [
      info.apiVersion,
      ...info.otherVersions.map((other) => (info.group === '' ? other : `${info.group}/${other}`)),
    ]);
    for (const one of [...new Set(versions)].sort()) call.print(one);
  },
};

export const clusterInfo: Verb = {
  name: 'cluster-info',
  flags: {},
  run(call) {
    call.print('Kubernetes control plane is running in this page, simulated.');
  },
};

/** The person is the cluster's administrator; accounts of pods may do nothing. */
export const authCanI: Verb = {
  name: 'auth can-i',
  flags: {
    'all-namespaces': { type: 'bool', short: 'A' },
    as: { type: 'string' },
    'as-group': { type: 'strings' },
    list: { type: 'bool' },
    quiet: { type: 'bool', short: 'q' },
    subresource: { type: 'string' },
    'no-headers': { type: 'bool' },
  },
  run(call) {
    const { flags, args } = call;
    const isAdmin =
      !flags.has('as') || flags.text('as') === 'kubernetes-admin' || flags.list('as-group').includes('system:masters');
    if (flags.isOn('list')) {
      if (args.length > 0) throw new CommandError('list option must be specified with no arguments');
      if (flags.isOn('quiet') || flags.isOn('all-namespaces') || flags.text('subresource'))
        throw new CommandError(
          "list option can't be specified with neither quiet, all-namespaces nor subresource options",
        );
      const rows = isAdmin
        ? [
            ['*.*', '[]', '[]', '[*]'],
            ['', '[*]', '[]', '[*]'],
          ]
        : [['selfsubjectreviews.authentication.k8s.io', '[]', '[]', '[create]']];
      const header = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'];
      call.write(alignColumns(flags.isOn('no-headers') ? rows : [header, ...rows]));
      return;
    }
    const [verb, resource] = args;
    if (verb === undefined || resource === undefined || args.length > 2)
      throw new CommandError(
        "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
      );
    warnOf(call, verb, resource);
    if (flags.isOn('no-headers')) throw new CommandError('--no-headers cannot be set without --list specified');
    if (!flags.isOn('quiet')) call.print(isAdmin ? 'yes' : 'no');
    if (!isAdmin) call.endWith(1);
  },
};

const RESOURCE_VERBS: ReadonlySet<string> = new Set(
  'get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest'.split(
    ' ',
  ),
);
const URL_VERBS: ReadonlySet<string> = new Set('get put post head options delete patch *'.split(' '));

/** What kubectl finds odd about a question. k8s: CanIOptions.Validate */
function warnOf(call: Call, verb: string, resource: string): void {
  const warn = (words: string): void => call.warn(`Warning: ${words}\n`);
  if (resource.startsWith('/')) {
    if (!URL_VERBS.has(verb)) warn(`verb '${verb}' is not a known verb`);
    return;
  }
  const [word = ''] = resource.toLowerCase().split('/');
  if (word === '*') return;
  const info = kindByWord(word);
  if (!info && word !== 'users' && word !== 'groups') warn(`the server doesn't have a resource type '${word}'`);
  if (call.flags.isOn('all-namespaces')) return;
  if (info && !info.namespaced)
    warn(`resource '${info.plural}' is not namespace scoped${info.group ? ` in group '${info.group}'` : ''}`);
  if (!RESOURCE_VERBS.has(verb)) warn(`verb '${verb}' is not a known verb`);
}

export const authWhoami: Verb = {
  name: 'auth whoami',
  flags: { output: { type: 'string', short: 'o' } },
  run(call) {
    call.write(
      alignColumns([
        ['ATTRIBUTE', 'VALUE'],
        ['Username', 'kubernetes-admin'],
        ['Groups', '[kubeadm:cluster-admins system:authenticated]'],
      ]),
    );
  },
};
