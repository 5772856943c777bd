// Who answers for the simulation, and whether it still does. The page's entry connects this once; nothing else in the
// stores knows whether a worker or the same thread simulates.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client, RequestName, Requests } from '#bridge';

/** What the page's entry gives to the stores. */
export interface Connection {
  /** Starts a simulation without a session. */
  readonly createClient: () => Client;
  /** Starts a worker of the page's own origin: for the editor's language services. */
  readonly newWorker: (url: string, name: string) => Worker;
}

/** Requests after which the simulation is another. When one of the others fails, which only read, it goes on. */
const CHANGING: ReadonlySet<RequestName> = new Set([
  'open',
  'seek',
  'jump',
  'act',
  'goToBranch',
  'renameBranch',
  'compare',
]);

export interface EngineState {
  /** Why the simulation stopped; undefined while it works. */
  readonly stoppedBy: string | undefined;
  /** What went wrong without stopping it, newest last: for the report. */
  readonly failures: readonly string[];
}

/** How the simulation is. */
export const engine: StoreApi<EngineState> = createStore<EngineState>(() => ({ stoppedBy: undefined, failures: [] }));

/** So that a fault which repeats with every picture does not fill the memory. */
const FAILURES_MAX = 20;

let connection: Connection | undefined;
let client: Client | undefined;

/**
 * Tells the stores whom to ask. Called once by the page's entry, and by tests.
 *
 * @param next - how to start a simulation
 */
export function connect(next: Connection): void {
  connection = next;
  client?.close();
  client = undefined;
}

/**
 * Starts a worker for the editor.
 *
 * @param url - the worker's script, as `?worker&url` gives it
 * @param name - shown in developer tools
 * @returns the worker
 * @throws Error before the page is connected
 */
export function newWorker(url: string, name: string): Worker {
  if (!connection) throw new Error('no connection');
  return connection.newWorker(url, name);
}

/**
 * Asks the simulation. A question that changes it and fails stops the page's clock for good: see `engine`.
 *
 * @param name - the request
 * @param args - what it takes
 * @returns the answer
 * @throws Error in the simulation's words
 */
export async function ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Requests[N]['answer']> {
  if (!connection) throw new Error('no connection');
  client ??= connection.createClient();
  const asked = client;
  try {
    return await asked.ask(name, args);
  } catch (error) {
    // An older simulation that was replaced has nothing more to say about this one.
    if (asked === client) noteFailure(name, error);
    throw error;
  }
}

/** Ends the simulation, so that the next question starts a fresh one. */
export function dropEngine(): void {
  const dropped = client;
  client = undefined;
  dropped?.close();
  engine.setState({ stoppedBy: undefined });
}

/**
 * Keeps a fault of the page itself for the report.
 *
 * @param error - what was thrown
 */
export function noteFault(error: unknown): void {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  engine.setState(({ failures }) => ({ failures: [...failures, `page: ${words}`].slice(-FAILURES_MAX) }));
}

function noteFailure(name: RequestName, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  engine.setState(({ failures, stoppedBy }) => ({
    failures: [...failures, `${name}: ${message}`].slice(-FAILURES_MAX),
    stoppedBy: CHANGING.has(name) ? (stoppedBy ?? message) : stoppedBy,
  }));
}
