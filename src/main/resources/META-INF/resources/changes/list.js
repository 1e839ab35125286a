// All changes, filtered.
import { badge, h, table, urgent } from './dom.js';
import { read } from './data.js';
import { duration, process, time, tone, zone } from './words.js';

// 'Mesh removed' is how removals of earlier versions ended.
const OUTCOMES = ['running', 'Mesh verified', 'Removal complete', 'Clusters taken out', 'Mesh removed', 'Change rejected', 'Approval expired', 'Changed plan rejected',
  'Change stopped', 'Change rolled back', 'Roll back stopped', 'Verification failed', 'Mesh not verified',
  'Result not accepted', 'Deleted'];

export async function list(asked, here, { me }) {
  const changes = await read(`changes?${query(asked)}`);
  const title = asked.get('cluster') ? `Changes of ${asked.get('cluster')}` : 'Mesh changes';
  return {
    node: h('div', {}, h('h1', {}, title), shortcuts(here, me), filter(asked, here),
      h('p', { role: 'status' }, `${changes.length === 1 ? '1 change' : `${changes.length} changes, the newest first`}; times are in ${zone}`),
      table('Changes', ['Started', 'Mesh', 'What', 'Clusters', 'Asked for by', 'Outcome', 'Took'],
        changes.map(change => row(change, here))))
  };
}

function query(asked) {
  const sent = new URLSearchParams();
  for (const name of ['mesh', 'cluster', 'person', 'outcome']) {
    if (asked.get(name)) {
      sent.set(name, asked.get(name));
    }
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
    h('a', { href: `${here}?outcome=running` }, 'Running'));
}

function filter(asked, here) {
  const field = (label, name, input) => h('label', {}, `${label} `, input ??
    h('input', { name, type: 'text', size: 12, value: asked.get(name) ?? '' }));
  const date = name => h('input', { name, type: 'date', value: asked.get(name) ?? '' });
  const outcomes = h('select', { name: 'outcome' }, h('option', { value: '' }, 'any'),
    OUTCOMES.map(outcome => h('option', { value: outcome, selected: asked.get('outcome') === outcome }, outcome)));
  return h('form', { class: 'ms-filter', 'aria-label': 'Filter', onsubmit: event => {
    event.preventDefault();
    const wanted = new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value));
    location.hash = `${here.slice(1)}?${wanted}`;
  } },
  field('Mesh', 'mesh'), field('Cluster', 'cluster'), field('Person', 'person'), field('Outcome', 'outcome', outcomes),
  field('From', 'from', date('from')), field('Until', 'until', date('until')), h('button', { type: 'submit' }, 'Filter'));
}

function row(change, here) {
  return [
    h('a', { href: `${here}?change=${change.id}` }, time(change.started)),
    change.mesh,
    process(change.process),
    change.clusters.flatMap((name, index) => [index ? ', ' : '', h('a', { href: `${here}?cluster=${name}` }, name)]),
    change.requester ?? '',
    [badge(change.outcome ?? 'running', tone(change.outcome)), ...urgent(change)],
    duration(change.started, change.ended ?? Date.now())
  ];
}
