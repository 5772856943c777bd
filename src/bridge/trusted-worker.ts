// Starts workers under a policy that enforces Trusted Types: only scripts of the page's own origin.

interface ScriptUrlPolicy {
  createScriptURL(url: string): unknown;
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy;
}

let policy: ScriptUrlPolicy | undefined;

function ownScript(url: string): unknown {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return url;
  policy ??= types.createPolicy('ordinal-worker', {
    createScriptURL: (address) => {
      if (new URL(address, location.href).origin !== location.origin) throw new TypeError('a worker of another origin');
      return address;
    },
  });
  return policy.createScriptURL(url);
}

/**
 * A module worker.
 * @param url of the worker's script, as `?worker&url` gives it
 * @param name shown in developer tools
 * @throws TypeError for a script of another origin
 */
export const trustedWorker = (url: string, name: string): Worker =>
  new Worker(ownScript(url) as string, { type: 'module', name });
