// What the service knows, read with the session of the browser.
const BASE = new URL('data/', import.meta.url);
const ACTIONS = new URL('actions/', import.meta.url);

export const url = path => new URL(path, BASE).href;

export async function read(path) {
  const answer = await signedIn(fetch(url(path), { headers: { Accept: 'application/json' }, credentials: 'same-origin' }));
  if (!answer.ok) {
    throw new Error(await words(answer));
  }
  const content = await answer.text();
  await learnNames(content);
  return JSON.parse(content);
}

// Whom an identity provider names has an id that tells people nothing.
const names = {};

/** What others call somebody. */
export const who = id => names[id] ?? id;

async function learnNames(content) {
  const ids = content.match(/sso-[a-z2-7]{24}/g) ?? [];
  if (ids.some(id => !(id in names))) {
    const answer = await fetch(url('people'), { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
    const known = answer.ok ? await answer.json() : {};
    ids.forEach(id => { names[id] = known[id] ?? id; });
  }
}

/** Asks the service to do something, with the rights of whoever is logged in. */
export async function ask(path) {
  const answer = await signedIn(post(new URL(path, ACTIONS)));
  if (!answer.ok) {
    throw new Error(await words(answer));
  }
}

/** The same with an object, and what the service answers. */
export async function askWith(path, body) {
  const answer = await signedIn(fetch(new URL(path, ACTIONS), { method: 'POST', body: JSON.stringify(body),
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'X-XSRF-TOKEN': token() }, credentials: 'same-origin' }));
  if (!answer.ok) {
    throw new Error(await words(answer));
  }
  return answer.json();
}

export const signOut = () => post(new URL('/sign-out', BASE));

/** @param form its fields, if it sends any */
export const post = (to, form) => fetch(to, {
  method: 'POST', body: form, headers: { Accept: 'application/json', 'X-XSRF-TOKEN': token() }, credentials: 'same-origin' });

// Pages of other sites cannot read it, so it says that a request comes from a page of this one.
const token = () => document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]*)/)?.[1] ?? '';

// Whoever is not signed in any more does so, and comes back to this page; nothing of it goes on until then.
async function signedIn(request) {
  const answer = await request;
  if (answer.status === 401) {
    location.assign(`/?to=${encodeURIComponent(location.pathname)}${location.hash}`);
    return new Promise(() => {});
  }
  return answer;
}

async function words(answer) {
  const content = await answer.json().catch(() => ({}));
  return content.detail || `The service answered ${answer.status}.`;
}

export async function readText(path) {
  const answer = await signedIn(fetch(url(path), { credentials: 'same-origin' }));
  if (!answer.ok) {
    throw new Error(`${path} is not there any more.`);
  }
  return answer.text();
}
