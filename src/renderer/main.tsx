import { connect } from './engine/connect';
import { mountStudio } from './mount-studio';
import { showStartFailure } from './show-start-failure';

// Radix and wavesurfer add style elements; this is where the first looks for the nonce the page's policy asks for.
const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce });

const element = document.getElementById('studio');
if (!element) throw new Error('the page has no #studio');
const time = new URLSearchParams(window.location.search).get('time');

try {
  const { client, shell } = await connect();
  await mountStudio(element, client, shell, time === null ? null : Number(time));
} catch (error) {
  showStartFailure(element, error);
}
