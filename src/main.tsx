/** Puts the page together: who simulates, what the address says, and what is drawn. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createWorkerClient, trustedWorker } from '#bridge';
import { connect, noteFault, startAddress } from '#state';
import { App, startTheme } from '#ui';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

connect({ createClient: createWorkerClient, newWorker: trustedWorker });
startTheme();
startAddress({
  getHash: () => location.hash,
  setHash: (hash) => {
    try {
      history.replaceState(history.state, '', hash);
    } catch {
      // Browsers refuse addresses beyond their own limits; the share dialog then offers the file.
    }
  },
  keep: () => history.pushState(null, '', location.href),
  onChange: (listener) => {
    addEventListener('hashchange', listener);
    return () => removeEventListener('hashchange', listener);
  },
});
createRoot(root, { onCaughtError: noteFault, onUncaughtError: noteFault }).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
