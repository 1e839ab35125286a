// What was asked for, in the service's own words: the same as on the form of every approval and in the evidence.
import { h, more, section, table, text } from './dom.js';

/** @param shown as the service tells it; null once the records of the change were deleted */
export function asked(shown) {
  return section('What was asked for', ...(shown ? content(shown) : [h('p', { class: 'ms-none' }, 'Nothing is known of it any more.')]));
}

function content({ facts, members, meshFile }) {
  const heads = ['Clusters', 'Network', 'Role'];
  const becomes = members.some(part => part.becomes);
  return [
    h('dl', { class: 'ms-facts' }, facts.map(({ name, value }) => [h('dt', {}, name), h('dd', {}, value)])),
    table('Clusters of the mesh', becomes ? [...heads, 'Becomes'] : heads,
      members.map(part => [part.clusters, part.network, part.role, ...(becomes ? [part.becomes] : [])])),
    meshFile ? more('Mesh file', text(meshFile)) : null
  ].filter(part => part !== null);
}

/** What the picture shows. */
export const pictureTitle = asked => asked?.members.some(part => part.becomes)
  ? 'Removed and kept' : 'The requested mesh';
