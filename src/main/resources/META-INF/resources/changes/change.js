// One change: what was recorded of it, and what it does now.
import { asked, pictureTitle } from './asked.js';
import { badge, h, more, section, state, update } from './dom.js';
import { read, url, who } from './data.js';
import { diagram } from './diagram.js';
import { now } from './now.js';
import { picture } from './picture.js';
import { plans } from './plan.js';
import { certificates, decisions, failures, objects, record, steps, verification } from './parts.js';
import { duration, nobody, process, time, zone } from './words.js';

export async function change(id, here, context) {
  const seen = await read(`changes/${id}`);
  if (seen.change.forgotten) {
    return { node: h('div', {}, head(seen, here), forgotten(seen.change)) };
  }
  const way = diagram(seen.change);
  const drawn = parts(seen, here);
  const live = seen.change.ended ? null : now(seen.change, context, async () => {
    const newer = await read(`changes/${id}`);
    const anew = parts(newer, here);
    Object.keys(drawn).forEach(part => { drawn[part] = update(drawn[part], anew[part]); });
    way.show(newer.records);
    if (newer.change.ended) {
      document.getElementById('ms-now')?.remove();
    }
  });
  live?.onLook(standing => {
    way.doing(standing.doing, standing.calls);
    update(drawn.head.querySelector('.ms-state'), stands(standing.change));
  });
  way.show(seen.records);
  return { node: layout(drawn, way, live, seen, id), stop: live?.stop };
}

function layout(drawn, way, live, seen, id) {
  const { head: top, wanted, decided, ...rest } = drawn;
  const moving = live && section('Now', live.node);
  moving?.setAttribute('id', 'ms-now');
  return h('div', {}, top, wanted, moving, decided, section('Diagram', way.node),
    section(pictureTitle(seen.asked), picture(id)), ...Object.values(rest));
}

/** What grows with the record. */
function parts(seen, here) {
  const { change, records } = seen;
  const of = kind => records.filter(record => record.kind === kind);
  return {
    head: head(seen, here),
    wanted: asked(seen.asked),
    decided: section('Decisions', decisions(of('DECIDED'), change, of('PLANNED'))),
    planned: section('Plan', ...plans(change, of('PLANNED'))),
    measured: section('Verification', ...verification(of('MEASURED'))),
    touched: section('Objects', ...objects(of('OBJECT'), of('NOTE'))),
    failed: section('Failures, retries and interventions', failures(records)),
    certified: section('Certificates', certificates(of('CERTIFICATE'), of('OBJECT'))),
    ended: section('Steps', steps(of('STEP'))),
    all: section('The whole record', more(`${records.length} records`, record(records)))
  };
}

/** Its state; who or what it waits for stands below, in the list of what it does now. */
const stands = change => h('span', { class: 'ms-state' }, ...state(change));

const forgotten = change => h('p', {}, `The ${change.records} records of this change were deleted on ${time(change.forgotten)}, `
  + `as the retention says. The last one had the hash ${change.head}.`);

function head({ change, asked: known, problems, records }, here) {
  const leftOut = records.filter(record => record.result === 'LEFT_OUT');
  const fact = (name, ...value) => [h('dt', {}, name), h('dd', {}, ...value)];
  const links = change.clusters.flatMap((name, index) => [index ? ', ' : '', h('a', { href: `${here}?cluster=${name}` }, name)]);
  return h('div', {}, h('p', { class: 'ms-links' }, h('a', { href: `${here}?` }, 'All changes')),
    h('h1', {}, 'Mesh ', h('a', { href: `${here}?declared=${encodeURIComponent(change.mesh)}` }, change.mesh), `: ${process(change.process)} `, stands(change)),
    h('dl', { class: 'ms-facts' },
      known ? [] : [fact('Asked for by', who(change.requester) ?? nobody(change)), fact('Because', change.reason || 'no reason given')].flat(),
      fact('Clusters', ...links), fact('Started', `${time(change.started)}, as all times here in ${zone}`),
      ...leftOut.map(r => fact('Left out', `${r.cluster}: ${r.detail}`)),
      change.ended ? fact('Ended', `${time(change.ended)}, after ${duration(change.started, change.ended)}`) : [],
      fact('Change', change.id),
      fact('Record', ...proof(change, problems)),
      fact('Evidence', h('a', { href: url(`changes/${change.id}/evidence.json`), download: true }, 'Signed file (JSON)'), ' ',
        h('a', { href: url(`changes/${change.id}/evidence.html`), target: '_blank' }, 'Page to read'))));
}

function proof(change, problems) {
  if (problems.length === 0) {
    return [badge('unaltered', 'good'), ` ${change.records} ${change.records === 1 ? 'record' : 'records'}: the chain of their hashes was checked just now`
      + (change.ended ? ', and the seal of the end' : '')];
  }
  return [badge('altered', 'bad'), h('ul', {}, problems.map(problem => h('li', {}, problem)))];
}
