/**
 * Finds the browsers that the end-to-end tests can drive: Playwright's own when they are installed, else the system's.
 * Plain JavaScript, because the script that runs all checks asks too.
 */
import { existsSync } from 'node:fs';
import { chromium, firefox } from '@playwright/test';

const CHROMIUM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const FIREFOX_PATHS = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];
/** A system browser would otherwise phone home, which some tests would see as requests of the page. */
const QUIET_ARGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/** @typedef {import('@playwright/test').LaunchOptions} LaunchOptions */

/**
 * How to launch Chromium. PW_CHROMIUM names one to use before all others.
 *
 * @returns {LaunchOptions | undefined} undefined when there is none
 */
export function chromiumLaunch() {
  const own = isOwn(chromium);
  const executablePath = process.env.PW_CHROMIUM ?? (own ? undefined : CHROMIUM_PATHS.find((file) => existsSync(file)));
  if (!own && executablePath === undefined) return undefined;
  // Chromium refuses to sandbox itself for root.
  const options = { chromiumSandbox: process.getuid?.() !== 0 };
  return executablePath === undefined ? options : { ...options, executablePath, args: QUIET_ARGS };
}

/**
 * How to launch Firefox. PW_FIREFOX names one to use before the system's. A distribution's Firefox lacks Playwright's
 * own protocol and is driven through WebDriver BiDi, which is what the channel asks for.
 *
 * @returns {LaunchOptions | undefined} undefined when there is none
 */
export function firefoxLaunch() {
  if (isOwn(firefox)) return {};
  const executablePath = process.env.PW_FIREFOX ?? FIREFOX_PATHS.find((file) => existsSync(file));
  return executablePath === undefined ? undefined : { channel: 'moz-firefox', executablePath };
}

/**
 * @param {import('@playwright/test').BrowserType} type
 * @returns {boolean} whether Playwright has downloaded this browser
 */
function isOwn(type) {
  const file = type.executablePath();
  return Boolean(file) && existsSync(file);
}
