// The interface, entered by the page's entry alone.
export { App } from './app.tsx';
export { startTheme } from './theme/index.ts';
