// Importing this gives a page its fonts, colours and sizes.
// Both faces are under the SIL Open Font Licence and served with the page: nothing is fetched from elsewhere.
import '@fontsource-variable/inter/opsz.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './tokens.css';
import './base.css';

export { setShownTheme, setTheme, startTheme, useTheme } from './theme.ts';
