// The page's side of the protocol: the same questions, answered by a worker or, in tests, on the same thread.
import type { AnswerMessage, Client, RequestName, Requests } from './protocol.ts';
import { trustedWorker } from './trusted-worker.ts';
import workerUrl from './worker.ts?worker&url';

/** A client whose simulation runs in a worker of its own. */
export function createWorkerClient(): Client {
  const worker = trustedWorker(workerUrl, 'simulation');
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  const failAll = (message: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  };
  worker.onmessage = ({ data }: MessageEvent<AnswerMessage>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.ok) asked?.resolve(data.answer as never);
    else asked?.reject(new Error(data.error));
  };
  worker.onerror = (event) => failAll(event.message || 'the simulation could not be started');
  return {
    ask: <N extends RequestName>(name: N, args: Requests[N]['args']) =>
      new Promise<Requests[N]['answer']>((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        worker.postMessage({ id: lastId, name, args });
      }),
    close: () => {
      worker.terminate();
      failAll('the session was closed');
    },
  };
}
