// nslookup, dig, host and getent: names in the cluster's DNS, as a container of that image prints them.
import type { ShellCommand } from '../shell.ts';
import { DNS_ADDRESS } from './built-in-files.ts';
import { type ContainerWorld, imageBase, imageTag } from './container-world.ts';
import { addressesOf } from './network.ts';

type RecordType = 'A' | 'SRV' | 'PTR' | 'CNAME';

const ask = ({ turn, pod, surroundings }: ContainerWorld, name: string, type: RecordType = 'A') =>
  surroundings.resolve(turn.view, { name, type, from: { namespace: pod.metadata.namespace ?? 'default' } });

/** Other addresses of the server itself. */
const SERVER_NAME = 'kube-dns.kube-system.svc.cluster.local';

/** busybox before 1.30 asked in its own way, and told names of addresses as well. */
const isOldBusybox = ({ container: { image } }: ContainerWorld): boolean =>
  imageBase(image) === 'busybox' && Number(/^1\.(\d+)/.exec(imageTag(image))?.[1] ?? 99) < 30;

const nslookup =
  (world: ContainerWorld): ShellCommand =>
  (args, io) => {
    const typeText = /^-(?:type|query|q)=(\w+)$/i.exec(args.find((arg) => arg.startsWith('-')) ?? '')?.[1];
    const type = typeText?.toUpperCase() === 'SRV' ? 'SRV' : 'A';
    const [name] = args.filter((arg) => !arg.startsWith('-'));
    if (name === undefined) return 1;
    const { answers, searchTried } = ask(world, name, type);
    if (isOldBusybox(world)) {
      io.out(`Server:    ${DNS_ADDRESS}\nAddress 1: ${DNS_ADDRESS} ${SERVER_NAME}\n\n`);
      if (answers.length === 0) {
        io.err(`nslookup: can't resolve '${name}'\n`);
        return 1;
      }
      io.out(`Name:      ${name}\n`);
      answers.forEach(({ data }, i) => {
        const named = ask(world, data, 'PTR').answers[0]?.data;
        io.out(`Address ${i + 1}: ${data}${named === undefined ? '' : ` ${named}`}\n`);
      });
      return 0;
    }
    io.out(`Server:\t\t${DNS_ADDRESS}\nAddress:\t${DNS_ADDRESS}#53\n\n`);
    if (answers.length === 0) {
      io.out(`** server can't find ${searchTried.at(-1) ?? name}: NXDOMAIN\n\n`);
      return 1;
    }
    for (const answer of answers) {
      if (answer.type === 'A') io.out(`Name:\t${answer.name}\nAddress: ${answer.data}\n`);
      else if (answer.type === 'SRV') io.out(`${answer.name}\tservice = ${answer.data}.\n`);
      else if (answer.type === 'PTR') io.out(`${answer.name}\tname = ${answer.data}.\n`);
      else io.out(`${answer.name}\tcanonical name = ${answer.data}.\n`);
    }
    io.out('\n');
    return 0;
  };

const dig =
  (world: ContainerWorld): ShellCommand =>
  (args, io) => {
    const words = args.filter((arg) => !/^[-+@]/.test(arg));
    const name = words.find((word) => !/^(?:A|SRV|PTR|CNAME|ANY)$/i.test(word)) ?? '';
    const type = words.some((word) => /^SRV$/i.test(word)) ? 'SRV' : 'A';
    // dig takes a name as it is; only +search goes through the domains.
    const full = args.includes('+search') ? name : name.endsWith('.') ? name : `${name}.`;
    const { answers } = ask(world, full, type);
    if (args.includes('+short')) {
      io.out(answers.map(({ data, type: kind }) => `${data}${kind === 'A' ? '' : '.'}\n`).join(''));
      return 0;
    }
    io.out(`;; QUESTION SECTION:\n;${full}\t\tIN\t${type}\n\n`);
    if (answers.length > 0)
      io.out(
        `;; ANSWER SECTION:\n${answers.map((answer) => `${answer.name}.\t${answer.ttlSeconds}\tIN\t${answer.type}\t${answer.data}${answer.type === 'A' ? '' : '.'}\n`).join('')}\n`,
      );
    io.out(`;; SERVER: ${DNS_ADDRESS}#53(${DNS_ADDRESS})\n`);
    return 0;
  };

const host =
  (world: ContainerWorld): ShellCommand =>
  (args, io) => {
    const name = args.find((arg) => !arg.startsWith('-')) ?? '';
    const { answers } = ask(world, name);
    if (answers.length === 0) {
      io.out(`Host ${name} not found: 3(NXDOMAIN)\n`);
      return 1;
    }
    for (const answer of answers)
      io.out(
        answer.type === 'PTR'
          ? `${answer.name} domain name pointer ${answer.data}.\n`
          : `${answer.name} has address ${answer.data}\n`,
      );
    return 0;
  };

/** `getent hosts NAME` */
const getent =
  (world: ContainerWorld): ShellCommand =>
  (args, io) => {
    const [database = '', name = ''] = args;
    if (!/^(?:hosts|ahosts|ahostsv4)$/.test(database)) return 2;
    const found = addressesOf(world, name);
    const full = ask(world, name).answers[0]?.name ?? name;
    for (const address of found) io.out(`${address.padEnd(15)} ${full}\n`);
    return found.length > 0 ? 0 : 2;
  };

/** Commands that look names up. */
export const lookUpCommands = (world: ContainerWorld): [string, ShellCommand][] => [
  ['dig', dig(world)],
  ['getent', getent(world)],
  ['host', host(world)],
  ['nslookup', nslookup(world)],
];
