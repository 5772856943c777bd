// What kubectl tells of the server and of itself: version, api-resources, api-versions, cluster-info, auth.
import { KINDS, type KindInfo, kindByWord } from '#kube';
import type { Call } from '../call.ts';
import { CommandError } from '../errors.ts';
import { alignColumns } from '../print/columns.ts';
import { jsonText } from '../print/to-json.ts';
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
    else if (output === 'json') call.write(jsonText(whole).replaceAll('    ', '  '));
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
    const chosen = by ? [...kinds].sort((a, b) => (keyOf(a, by) < keyOf(b, by) ? -1 : 1)) : kinds;
    const output = flags.text('output') ?? '';
    if (output === 'name') {
      for (const info of chosen) call.print(info.group === '' ? info.plural : `${info.plural}.${info.group}`);
      return;
    }
    if (output !== '' && output !== 'wide') throw new CommandError(`--output ${output} is not available`);
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
    if (verb === undefined || resource === undefined || args.length > 3)
      throw new CommandError(
        "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
      );
    const [word = ''] = resource.split('/');
    const info = word === '*' || word === '' ? undefined : kindByWord(word);
    if (word !== '*' && word !== '' && !info) call.warn(`Warning: the server doesn't have a resource type '${word}'\n`);
    else if (info && !info.namespaced && !flags.isOn('all-namespaces'))
      call.warn(
        `Warning: resource '${info.plural}' is not namespace scoped${info.group ? ` in group '${info.group}'` : ''}\n`,
      );
    if (!flags.isOn('quiet')) call.print(isAdmin ? 'yes' : 'no');
    if (!isAdmin) call.endWith(1);
  },
};

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
