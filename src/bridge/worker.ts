// The worker's entry: requests in, answers out, one at a time in the order they came.
import type { AnswerMessage, RequestMessage } from './protocol.ts';
import { newServer } from './server.ts';

const server = newServer();
const scope = globalThis as unknown as {
  postMessage(message: AnswerMessage): void;
  onmessage: ((event: { data: RequestMessage }) => void) | null;
};

scope.onmessage = ({ data: { id, name, args } }) => {
  try {
    scope.postMessage({ id, ok: true, answer: server.answer(name, args as never) });
  } catch (error) {
    scope.postMessage({ id, ok: false, error: error instanceof Error ? error.message : String(error) });
  }
};
