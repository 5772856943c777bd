// kubectl set image and set resources: changes containers of pods and pod templates.
import { CommandError } from '../errors.ts';
import { isMap } from '../patch/json.ts';
import { tellerOf } from '../print/printer.ts';
import { readPairs, selectObjects, splitPairs } from '../selection.ts';
import { changeContainers, isChosen, SET_FLAGS } from './set-containers.ts';
import { RECORD_FLAG, type Verb } from './verb.ts';

/** `nginx=nginx:1.28`; `*` means every container. A container that there is not is an error, and the others change. */
export const setImage: Verb = {
  name: 'set image',
  flags: { ...SET_FLAGS, ...RECORD_FLAG },
  run(call) {
    const teller = tellerOf(call);
    const { names, pairs } = splitPairs(call.args, 'image');
    const images = readPairs(pairs, 'image', false).sets;
    const nothing =
      names.length === 0 && !call.flags.has('filename')
        ? 'one or more resources must be specified as <resource> <name> or <resource>/<name>'
        : undefined;
    const several =
      images.size > 1 && images.has('*')
        ? 'all containers are already specified by *, but saw more than one container_name=container_image pairs'
        : undefined;
    const errors = [nothing, images.size === 0 ? 'at least one image update is required' : several].filter(Boolean);
    if (errors.length > 1) throw new CommandError(`[${errors.join(', ')}]`);
    if (errors[0] !== undefined) throw new CommandError(errors[0]);
    for (const found of selectObjects(call, names))
      changeContainers(call, found, 'image', teller, (containers, all, isFirst) => {
        const missing = [...images.keys()].filter(
          (name) => name !== '*' && !all.some((container) => container.name === name),
        );
        const faults = isFirst ? missing.map((name) => `unable to find container named ${JSON.stringify(name)}`) : [];
        return {
          faults,
          containers: containers.map((container) => {
            const image = images.get('*') ?? images.get(String(container.name));
            return image === undefined ? container : { ...container, image };
          }),
        };
      });
  },
};

const LISTS = ['limits', 'requests'] as const;

/** `--limits=cpu=200m,memory=512Mi --requests=…` */
export const setResources: Verb = {
  name: 'set resources',
  flags: {
    ...SET_FLAGS,
    ...RECORD_FLAG,
    containers: { type: 'string', short: 'c', default: '*' },
    limits: { type: 'string' },
    requests: { type: 'string' },
  },
  run(call) {
    const teller = tellerOf(call);
    const given = LISTS.flatMap((list) => {
      const text = call.flags.text(list);
      return text ? [[list, amountsOf(text)] as const] : [];
    });
    if (given.length === 0)
      throw new CommandError('you must specify an update to requests or limits (in the form of --requests/--limits)');
    for (const found of selectObjects(call, call.args))
      changeContainers(call, found, 'resources', teller, (containers, all, isFirst) => ({
        faults:
          isFirst && !all.some((container) => isChosen(call, container))
            ? [`unable to find container named ${call.flags.text('containers')}`]
            : [],
        containers: containers.map((container) => {
          if (!isChosen(call, container)) return container;
          const resources = isMap(container.resources) ? container.resources : {};
          const changes = given.map(([list, amounts]) => [
            list,
            { ...(isMap(resources[list]) ? resources[list] : {}), ...amounts },
          ]);
          return { ...container, resources: { ...resources, ...Object.fromEntries(changes) } };
        }),
      }));
  },
};

/** k8s: generate/versioned populateResourceListV1 */
function amountsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [name = '', amount = '', ...more] = pair.split('=');
      if (more.length > 0 || !pair.includes('='))
        throw new CommandError(`Invalid argument syntax ${pair}, expected <resource>=<value>`);
      return [name, amount];
    }),
  );
}
