// Elements without innerHTML: whatever somebody typed stays text.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined).map(child => child));
  return element;
}

export function table(caption, heads, rows) {
  if (rows.length === 0) {
    return h('p', { class: 'ms-none' }, 'None.');
  }
  return h('div', { class: 'ms-scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', {},
      h('thead', {}, h('tr', {}, heads.map(head => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, rows.map(row => h('tr', {}, row.map(cell => h('td', {}, cell ?? '')))))));
}

export const section = (title, ...content) => h('section', { class: 'ms-section' }, h('h2', {}, title), ...content);

export const more = (title, ...content) => h('details', {}, h('summary', {}, title), ...content);

export const text = content => h('pre', {}, content);

/** Good, bad, urgent or neither, told by a word and a sign as well as by colour. */
export function badge(word, tone) {
  const sign = { good: '✓ ', bad: '✗ ', busy: '… ', warn: '! ' }[tone] ?? '';
  return h('span', { class: `ms-badge ms-${tone ?? 'plain'}` }, sign + word);
}

/** For ever: nothing takes it from a change that was asked for as an emergency. */
export const urgent = change => change.urgent ? [' ', badge('URGENT', 'warn')] : [];
