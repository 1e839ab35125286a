// Elements without innerHTML: whatever somebody typed stays text.
import { tone } from './words.js';

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      (element.handlers ??= {})[name.slice(2)] = value;
      element.addEventListener(name.slice(2), event => element.handlers[name.slice(2)](event));
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat(2).filter(child => child !== null && child !== undefined));
  return element;
}

/** @param keys of the rows, where they come, go and move */
export function table(caption, heads, rows, keys = []) {
  if (rows.length === 0) {
    return h('p', { class: 'ms-none' }, 'None.');
  }
  return h('div', { class: 'ms-scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', {},
      h('thead', {}, h('tr', {}, heads.map(head => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, rows.map((row, index) => h('tr', { 'data-key': keys[index] }, row.map(cell => h('td', {}, cell ?? '')))))));
}

export const section = (title, ...content) => h('section', { class: 'ms-section' }, h('h2', {}, title), ...content);

export const more = (title, ...content) => h('details', {}, h('summary', {}, title), ...content);

export const text = content => h('pre', {}, content);

/** Good, bad, urgent or neither, told by a word and a sign as well as by colour. */
export function badge(word, tone) {
  const sign = { good: '✓ ', bad: '✗ ', busy: '… ', warn: '! ', you: '➜ ' }[tone] ?? '';
  return h('span', { class: `ms-badge ms-${tone ?? 'plain'}` }, sign + word);
}

/**
 * Makes a part that is shown equal to a newer one. What did not change is not touched: focus, selection, scroll places and
 * what somebody opened stay as they are. Whoever stood on something that is gone comes to the part itself.
 * @returns the part that is shown from now on
 */
export function update(older, newer) {
  const focused = older.contains(document.activeElement) ? document.activeElement : null;
  const shown = patch(older, newer);
  if (focused && !focused.isConnected) {
    shown.tabIndex = -1;
    shown.focus({ preventScroll: true });
  }
  return shown;
}

const key = node => node.dataset?.key;

function patch(older, newer) {
  if (older.nodeName !== newer.nodeName || key(older) !== key(newer)) {
    older.replaceWith(newer);
    return newer;
  }
  if (older.nodeType === Node.TEXT_NODE) {
    if (older.data !== newer.data) {
      older.data = newer.data;
    }
    return older;
  }
  // What fills itself, such as a plan, is the same as long as it bears the same name.
  if (older.dataset.filled === undefined || older.dataset.filled !== newer.dataset.filled) {
    older.handlers = newer.handlers;
    older.run = newer.run;
    attributes(older, newer);
    children(older, newer);
  }
  return older;
}

function attributes(older, newer) {
  const own = name => name === 'open' || name === 'tabindex';
  [...older.attributes].filter(({ name }) => !own(name) && !newer.hasAttribute(name)).forEach(({ name }) => older.removeAttribute(name));
  [...newer.attributes].filter(({ name, value }) => !own(name) && older.getAttribute(name) !== value)
    .forEach(({ name, value }) => older.setAttribute(name, value));
}

/** Children that have a key are found again by it, all others by their place. */
function children(older, newer) {
  const wanted = new Set([...newer.childNodes].map(key).filter(Boolean));
  [...older.childNodes].filter(child => key(child) && !wanted.has(key(child))).forEach(child => child.remove());
  const known = new Map([...older.childNodes].filter(key).map(child => [key(child), child]));
  let place = older.firstChild;
  for (const child of [...newer.childNodes]) {
    const same = key(child) ? known.get(key(child)) : place && !key(place) ? place : null;
    if (!same) {
      older.insertBefore(child, place);
    } else if (same === place) {
      place = patch(same, child).nextSibling;
    } else {
      older.insertBefore(same, place);
      patch(same, child);
    }
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

/** For ever: nothing takes it from a change that was asked for as an emergency. */
export const urgent = change => change.urgent ? [' ', badge('URGENT', 'warn')] : [];

/** How a change stands; whoever can act on it now sees that it waits for them. */
export const state = change => [badge(change.stateText, tone(change.state)), ...urgent(change),
  change.waitsForYou ? [' ', badge('waits for you', 'you')] : []].flat();
