// The list of all changes, or one of them, as the address says: #...?change=ID, or #...?cluster=cluster1&outcome=running; the
// declared meshes at #...?meshes=all, and one of them at #...?declared=ID.
import { h } from './dom.js';
import { list } from './list.js';
import { change } from './change.js';
import { declaredMesh, meshes } from './meshes.js';

function viewed(asked, here, context) {
  if (asked.has('change')) {
    return change(asked.get('change'), here, context);
  }
  if (asked.has('declared')) {
    return declaredMesh(asked.get('declared'), here, context);
  }
  return asked.has('meshes') ? meshes(here, context) : list(asked, here, context);
}

/** @returns a function that ends the show */
export function show(node, context) {
  const root = h('div', { class: 'ms' });
  node.append(root);
  let stop = () => {};
  const draw = async () => {
    stop();
    const asked = new URLSearchParams(location.hash.split('?')[1] ?? '');
    const here = location.hash.split('?')[0] || '#/';
    try {
      const view = await viewed(asked, here, context);
      stop = view.stop ?? (() => {});
      root.replaceChildren(view.node);
    } catch (problem) {
      root.replaceChildren(h('p', { class: 'ms-problem', role: 'alert' }, problem.message));
    }
  };
  window.addEventListener('hashchange', draw);
  draw();
  return () => {
    stop();
    window.removeEventListener('hashchange', draw);
  };
}
