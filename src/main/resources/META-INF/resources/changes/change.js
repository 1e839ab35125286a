// One change: what was recorded of it, and what it does now.
import { badge, h, more, section, urgent } from './dom.js';
import { read, url } from './data.js';
import { diagram } from './diagram.js';
import { now } from './now.js';
import { picture } from './picture.js';
import { certificates, decisions, failures, objects, plans, record, steps, verification } from './parts.js';
import { duration, process, time, tone } from './words.js';

export async function change(id, here, context) {
  const seen = await read(`changes/${id}`);
  const live = seen.change.ended ? null : now(seen.change, context);
  const node = h('div', {}, head(seen, here), ...parts(seen, live));
  return { node, stop: live?.stop };
}

function parts(seen, live) {
  const { change, records } = seen;
  const of = kind => records.filter(record => record.kind === kind);
  if (change.forgotten) {
    return [h('p', {}, `The ${change.records} records of this change were deleted on ${time(change.forgotten)}, `
      + `as the retention says. The last one had the hash ${change.head}.`)];
  }
  return [
    live && section('Now', live.node),
    section('Decisions', decisions(of('DECIDED'), change, of('PLANNED'))),
    section('Diagram', diagram(change, records, live)),
    section('The mesh as it was asked for', picture(change.id)),
    section('Plan', ...plans(of('PLANNED'))),
    section('Verification', ...verification(of('MEASURED'))),
    section('Objects', ...objects(of('OBJECT'))),
    section('Failures, retries and interventions', failures(records)),
    section('Certificates in place', certificates(of('CERTIFICATE'))),
    section('Steps', steps(of('STEP'))),
    section('The whole record', more(`${records.length} records`, record(records)))
  ].filter(Boolean);
}

function head({ change, problems }, here) {
  const fact = (name, ...value) => [h('dt', {}, name), h('dd', {}, ...value)];
  const links = change.clusters.flatMap((name, index) => [index ? ', ' : '', h('a', { href: `${here}?cluster=${name}` }, name)]);
  return h('div', {}, h('p', { class: 'ms-links' }, h('a', { href: `${here}?` }, 'All changes')),
    h('h1', {}, `Mesh ${change.mesh}: ${process(change.process)} `, badge(change.outcome ?? 'running', tone(change.outcome)),
      ...urgent(change)),
    h('dl', { class: 'ms-facts' },
      fact('Asked for by', change.requester ?? 'unknown'), fact('Because', change.reason || 'no reason given'),
      fact('Clusters', ...links), fact('Started', time(change.started)),
      change.ended ? fact('Ended', `${time(change.ended)}, after ${duration(change.started, change.ended)}`) : [],
      fact('Change', change.id),
      fact('Record', ...proof(change, problems)),
      fact('Evidence', h('a', { href: url(`changes/${change.id}/evidence.json`), download: true }, 'Signed file (JSON)'), ' ',
        h('a', { href: url(`changes/${change.id}/evidence.html`), target: '_blank' }, 'Page to read'))));
}

function proof(change, problems) {
  if (problems.length === 0) {
    return [badge('unaltered', 'good'), ` ${change.records} records: the chain of their hashes was checked just now`
      + (change.ended ? ', and the seal of the end' : '')];
  }
  return [badge('altered', 'bad'), h('ul', {}, problems.map(problem => h('li', {}, problem)))];
}
