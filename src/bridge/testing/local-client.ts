// The same client on one thread, for tests.
import type { Client, RequestName, Requests } from '../protocol.ts';
import { newServer } from '../server.ts';

/** A client that answers on this thread. Arguments and answers are copied, as messages would be. */
export function createLocalClient(): Client {
  const server = newServer();
  return {
    ask: async <N extends RequestName>(name: N, args: Requests[N]['args']) =>
      structuredClone(server.answer(name, structuredClone(args))),
    close: () => undefined,
  };
}
