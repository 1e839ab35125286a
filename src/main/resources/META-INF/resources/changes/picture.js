// The mesh that a change was asked for.
import { h } from './dom.js';
import { readText } from './data.js';

export function picture(id) {
  const place = h('div', { class: 'ms-scroll', tabindex: 0, role: 'region', 'aria-label': 'The mesh' }, 'loading');
  readText(`changes/${id}/mesh.svg`).then(svg => {
    place.replaceChildren(document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true));
  }).catch(() => place.replaceChildren(h('p', { class: 'ms-none' }, 'Nothing is known of the mesh that was asked for.')));
  return place;
}
