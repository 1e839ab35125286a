// All changes, filtered.
import { h, state, table, update } from './dom.js';
import { read, who } from './data.js';
import { duration, few, nobody, process, time, words, zone } from './words.js';

const RUNNING = ['STUCK_WITH_INCIDENT', 'WAITING_FOR_DECISION', 'WAITING_FOR_APPROVAL', 'RETRYING', 'WORKING',
  'WAITING_FOR_CLUSTER', 'WAITING_FOR_OTHER_CHANGE', 'SUSPENDED'];
const ENDED = ['PLANNED', 'PLAN_FAILED', 'VERIFIED', 'REMOVED', 'REJECTED', 'APPROVAL_EXPIRED', 'WITHDRAWN', 'STOPPED', 'ROLLED_BACK', 'ROLL_BACK_STOPPED',
  'VERIFICATION_FAILED', 'RESULT_NOT_ACCEPTED', 'AS_DECLARED', 'DRIFT_LEFT', 'DRIFT_NOT_CHECKED', 'RENEWED', 'RENEWAL_DEFERRED',
  'EXPIRY_NOT_CHECKED', 'VERIFICATION_SKIPPED', 'DELETED', 'ENDED_OTHERWISE'];
const PROCESSES = ['install-mesh', 'multi-primary', 'multi-primary-multi-network', 'primary-remote', 'primary-remote-multi-network', 'adopt-mesh',
  'add-cluster', 'take-out-cluster', 'remove-mesh', 'upgrade-mesh', 'upgrade-in-place', 'rotate-remote-tokens', 'rotate-intermediates', 'rotate-root',
  'renew-remote-tokens', 'renew-credentials', 'check-drift', 'verify-mesh', 'verify-on-schedule'];
// By far the most, and nobody asks for them: each mesh's page has those of the mesh.
const SCHEDULED = 'verify-on-schedule';
const EVERY = 5000;

export async function list(asked, here, { me }) {
  const look = async () => (await read(`changes?${query(asked)}`)).filter(change => !asked.has('mine') || change.waitsForYou);
  const title = asked.get('cluster') ? `Changes of ${asked.get('cluster')}` : 'Mesh changes';
  const stale = h('p', { role: 'alert', class: 'ms-problem' });
  let shown = found(await look(), here);
  let timer;
  const refresh = async () => {
    try {
      if (!document.hidden) {
        shown = update(shown, found(await look(), here));
        stale.textContent = '';
      }
    } catch (problem) {
      stale.textContent = `The list is not up to date: ${problem.message}`;
    }
    timer = setTimeout(refresh, EVERY);
  };
  timer = setTimeout(refresh, EVERY);
  return {
    node: h('div', {}, h('h1', {}, title), shortcuts(here, me), filter(asked, here), stale, shown),
    stop: () => clearTimeout(timer)
  };
}

const found = (changes, here) => h('div', {},
  h('p', { role: 'status' }, `${changes.length === 1 ? '1 change' : `${changes.length} changes, the newest first`}; times are in ${zone}`),
  table('Changes', ['Started', 'Mesh', 'What', 'Clusters', 'Asked for by', 'State', 'Took'],
    changes.map(change => row(change, here)), changes.map(change => change.id)));

function query(asked) {
  const sent = new URLSearchParams();
  for (const name of ['mesh', 'cluster', 'person', 'outcome', 'state', 'process']) {
    if (asked.get(name)) {
      sent.set(name, asked.get(name));
    }
  }
  if (!asked.get('process')) {
    sent.set('exceptProcess', SCHEDULED);
  }
  if (asked.get('from')) {
    sent.set('from', new Date(`${asked.get('from')}T00:00:00`).toISOString());
  }
  if (asked.get('until')) {
    const end = new Date(`${asked.get('until')}T00:00:00`);
    end.setDate(end.getDate() + 1);
    sent.set('until', end.toISOString());
  }
  return sent;
}

function shortcuts(here, me) {
  return h('p', { class: 'ms-links' },
    h('a', { href: `${here}?` }, 'All'),
    h('a', { href: `${here}?person=${encodeURIComponent(me.id)}` }, 'Mine'),
    h('a', { href: `${here}?outcome=running` }, 'Running'),
    h('a', { href: `${here}?outcome=running&mine=yes` }, 'Waiting for me'),
    h('a', { href: `${here}?meshes=all` }, 'Meshes'));
}

function filter(asked, here) {
  const field = (label, name, input) => h('label', {}, `${label} `, input ??
    h('input', { name, type: 'text', size: 12, value: asked.get(name) ?? '' }));
  const date = name => h('input', { name, type: 'date', value: asked.get(name) ?? '' });
  const option = state => h('option', { value: state, selected: asked.get('state') === state }, words(state));
  const states = h('select', { name: 'state' }, h('option', { value: '' }, 'any'),
    h('optgroup', { label: 'runs' }, RUNNING.map(option)), h('optgroup', { label: 'has ended' }, ENDED.map(option)));
  const what = h('select', { name: 'process' }, h('option', { value: '' }, 'any but scheduled verifications'),
    PROCESSES.map(key => h('option', { value: key, selected: asked.get('process') === key }, process(key))));
  return h('form', { class: 'ms-filter', 'aria-label': 'Filter', onsubmit: event => {
    event.preventDefault();
    const wanted = new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value));
    location.hash = `${here.slice(1)}?${wanted}`;
  } },
  field('Mesh', 'mesh'), field('What', 'process', what), field('Cluster', 'cluster'), field('Person', 'person'), field('State', 'state', states),
  field('From', 'from', date('from')), field('Until', 'until', date('until')), h('button', { type: 'submit' }, 'Filter'));
}

function row(change, here) {
  return [
    h('a', { href: `${here}?change=${change.id}` }, time(change.started)),
    change.mesh,
    process(change.process),
    few(change.clusters).flatMap((name, index) => [index ? ', ' : '', change.clusters.includes(name)
      ? h('a', { href: `${here}?cluster=${name}` }, name) : name]),
    who(change.requester) ?? nobody(change),
    [...state(change), change.stateDetail ? h('div', { class: 'ms-detail' }, change.stateDetail) : ''],
    duration(change.started, change.ended ?? Date.now())
  ];
}
