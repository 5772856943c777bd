// Manifests that tutorials name by their address. The page has no network: the few that are asked for most are here,
// written anew with the same objects.
import type { ShellCommand } from '../shell.ts';
import { EXAMPLES } from './examples/index.ts';

const HOSTS =
  /^https?:\/\/(?:k8s\.io|kubernetes\.io|raw\.githubusercontent\.com\/kubernetes\/website\/[\w.-]+\/content\/en)\/(?:docs\/)?examples\/(.+)$/;

export const isAddress = (text: string): boolean => /^https?:\/\//.test(text);

/** Where the manifests that are here would be. */
export const exampleAddresses = (): string[] => Object.keys(EXAMPLES).map((path) => `https://k8s.io/examples/${path}`);

/** The manifest at an address; undefined where it is not one of those that are here. */
export function manifestAt(address: string): string | undefined {
  const path = HOSTS.exec(address)?.[1];
  return path !== undefined && Object.hasOwn(EXAMPLES, path) ? EXAMPLES[path] : undefined;
}

/** What is said of other addresses. */
export function noNetwork(address: string): string {
  const isOfTutorials = HOSTS.test(address);
  const here = isOfTutorials ? ` Of the tutorials' examples these are here: ${Object.keys(EXAMPLES).join(', ')}.` : '';
  return `unable to read ${address}: this page has no network. Paste the manifest instead: cat > web.yaml, its text, Ctrl+D, or into the editor.${here}`;
}

/** wget writes a file where curl prints. */
export const wget: ShellCommand = (args, io, shell) => curl(args.includes('-O') ? args : ['-O', ...args], io, shell);

/** curl, for those manifests alone. */
export const curl: ShellCommand = (args, io, shell) => {
  const address = args.find((arg) => isAddress(arg));
  const text = address === undefined ? undefined : manifestAt(address);
  if (text === undefined) {
    io.err(
      address === undefined || !/k8s\.io|githubusercontent|kubernetes\.io/.test(address)
        ? 'curl: the network of the cluster is reached from a pod: kubectl exec POD -- curl http://NAME/\n'
        : `curl: ${noNetwork(address)}\n`,
    );
    return 6;
  }
  const output = args.indexOf('-o');
  const isToFile = args.some((arg) => /^-[A-Za-z]*O$/.test(arg));
  const file = output >= 0 ? args[output + 1] : isToFile ? address?.split('/').at(-1) : undefined;
  if (file === undefined) io.out(text);
  else {
    const error = shell.host.files.write(file, text);
    if (error !== undefined) io.err(`curl: ${file}: ${error}\n`);
  }
  return 0;
};
