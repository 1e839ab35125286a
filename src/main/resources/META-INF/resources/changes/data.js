// What the service knows, read with the session of the browser.
const BASE = new URL('data/', import.meta.url);
const ACTIONS = new URL('actions/', import.meta.url);

export const url = path => new URL(path, BASE).href;

export async function read(path) {
  const answer = await fetch(url(path), { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
  if (answer.status === 401) {
    throw new Error('Nobody is logged in any more. Log in again, then open this page.');
  }
  if (!answer.ok) {
    throw new Error(await words(answer));
  }
  return answer.json();
}

/** Asks the service to do something, with the rights of whoever is logged in. */
export async function ask(path) {
  const answer = await post(new URL(path, ACTIONS));
  if (!answer.ok) {
    throw new Error(await words(answer));
  }
}

export const signOut = () => post(new URL('/sign-out', BASE));

const post = to => fetch(to, {
  method: 'POST', headers: { Accept: 'application/json', 'X-Requested-By': 'changes' }, credentials: 'same-origin' });

async function words(answer) {
  const content = await answer.json().catch(() => ({}));
  return content.detail || `The service answered ${answer.status}.`;
}

export async function readText(path) {
  const answer = await fetch(url(path), { credentials: 'same-origin' });
  if (!answer.ok) {
    throw new Error(`${path} is not there any more.`);
  }
  return answer.text();
}
