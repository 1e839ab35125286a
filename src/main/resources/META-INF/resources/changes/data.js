// What the service knows, read with the session of the browser.
const BASE = new URL('data/', import.meta.url);

export const url = path => new URL(path, BASE).href;

export async function read(path) {
  const answer = await fetch(url(path), { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
  if (answer.status === 401) {
    throw new Error('Nobody is logged in any more. Log in again, then open this page.');
  }
  const content = await answer.json();
  if (!answer.ok) {
    throw new Error(content.detail || `The service answered ${answer.status}.`);
  }
  return content;
}

export async function readText(path) {
  const answer = await fetch(url(path), { credentials: 'same-origin' });
  if (!answer.ok) {
    throw new Error(`${path} is not there any more.`);
  }
  return answer.text();
}
