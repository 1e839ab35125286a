import { post } from './data.js';
import { h } from './dom.js';

// The way in. Whoever was on the way to a page of this site goes on there; an address elsewhere is never followed.
const form = document.getElementById('sign-in');
const refusal = document.getElementById('refusal');

form.addEventListener('submit', async event => {
  event.preventDefault();
  refusal.textContent = '';
  try {
    const answer = await post('/sign-in', new URLSearchParams(new FormData(form)));
    const content = await answer.json();
    if (answer.ok) {
      location.assign((asked() ?? content.desk) + location.hash);
      return;
    }
    refusal.textContent = content.detail;
  } catch {
    refusal.textContent = 'The service does not answer. Try again in a moment.';
  }
  form.elements.password.value = '';
  form.elements.password.focus();
});

const TOLD = {
  'no-role': 'You are known, but none of your groups has a role in Meshspan. Ask whoever maintains Meshspan for one of the roles operator, change manager or auditor.',
  refused: 'The identity provider did not let you in.',
  silent: 'The identity provider does not answer. Try again in a moment.',
  again: 'This sign-in took too long, or was begun in another window. Try again.',
  failed: 'The sign-in failed. Try again; if it fails again, the log of Meshspan says why.',
  'signed-out': 'You are signed out.'
};
const query = new URLSearchParams(location.search);

function asked() {
  const to = query.get('to');
  return /^\/(changes|camunda\/app)\//.test(to ?? '') ? to : null;
}

// An identity provider gets the whole address of the page by way of the service, its part behind # included.
const start = provider => `/oauth2/authorization/${provider.id}${asked() ? `?to=${encodeURIComponent(asked() + location.hash)}` : ''}`;

async function offer() {
  const answer = await fetch('/sign-in/choices', { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
  const { passwords, providers, signedOut } = await answer.json();
  const result = query.get('sign-in') ?? '';
  const told = Object.hasOwn(TOLD, result) ? TOLD[result] : '';
  document.getElementById('told').textContent = told;
  document.getElementById('told').classList.toggle('ms-problem', result !== 'signed-out');
  const closed = passwords === 'nobody';
  if (providers.length === 1 && closed && !told && !signedOut) {
    location.replace(start(providers[0]));
    return;
  }
  document.getElementById('providers').append(
    ...providers.map(provider => h('p', {}, h('a', { class: 'ms-act ms-provider', href: start(provider) }, `Sign in with ${provider.name}`))),
    ...(signedOut ? [h('p', {}, `You are still signed in at ${signedOut.name}. `, h('a', { href: '/sign-out/provider' }, 'Sign out there, too'))] : []));
  form.hidden = closed;
  if (providers.length > 0 && passwords === 'administrators') {
    form.replaceWith(h('details', {}, h('summary', {}, 'Administrators: sign in with a password'), form));
  }
}

await offer();
