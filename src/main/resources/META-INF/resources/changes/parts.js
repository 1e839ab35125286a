// The parts of a change's page that only show records.
import { who } from './data.js';
import { badge, h, more, table, text } from './dom.js';
import { day, duration, process, short, time, where } from './words.js';

const RESULTS = { APPROVED: 'good', REJECTED: 'bad', VERIFIED: 'good', NOT_VERIFIED: 'bad', COMPLETE: 'good', INCOMPLETE: 'bad' };

const LISTS = ["objects that go with Istio's CRDs", 'what is left after a removal', 'what stays after a roll back'];

const WORDS = { retry: 'try again', rollBack: 'roll back', without: 'go on without' };

const detail = record => record.detail ? text(record.detail) : '';

const word = result => badge(result, RESULTS[result]);

export function decisions(decided, change, planned) {
  return table('Decisions', ['When', 'Step', 'Decision', 'Who', 'Somebody else than the requester', 'Comment', 'Plan'],
    decided.map(r => [time(r.at), r.step, [word(WORDS[r.result] ?? r.result), r.result === 'without' ? ` ${r.cluster}` : ''], who(r.actor),
      somebodyElse(r, change), r.detail, digest(r, planned)]));
}

/** Whoever asked for a change may say how it goes on, but not that it may begin. */
function somebodyElse(decided, change) {
  const other = decided.actor !== change.requester;
  return RESULTS[decided.result] ? (other ? 'yes' : 'no') : (other ? 'yes' : 'no, nor need it be');
}

function digest(decided, planned) {
  const approved = decided.data?.planDigest;
  if (!approved) {
    return '';
  }
  const known = planned.some(plan => plan.data?.digest === approved);
  return h('span', { title: approved }, `${short(approved)} ${known ? '(the recorded plan)' : '(no such plan on record!)'}`);
}

/** What was written and deleted, and what the change found to be left, or to go along. */
export function objects(touched, noted) {
  const clusters = [...new Set(touched.map(r => r.cluster))];
  const found = noted.filter(r => LISTS.includes(r.what));
  return [...clusters.length === 0 ? [h('p', { class: 'ms-none' }, 'No object was touched.')]
    : clusters.map(cluster => of(cluster, touched.filter(r => r.cluster === cluster))),
    ...found.length === 0 ? [] : [table('Found', ['When', 'Step', 'What was found', 'Result', 'Detail'],
      found.map(r => [time(r.at), r.step, r.what, r.result, detail(r)]))]];
}

function of(cluster, touched) {
  const counts = {};
  touched.forEach(r => { counts[r.result] = (counts[r.result] ?? 0) + 1; });
  const sum = Object.entries(counts).map(([result, count]) => `${count} ${result.toLowerCase().replace('_', ' ')}`).join(', ');
  return more(`${cluster}: ${sum}`, table(`Objects of ${cluster}`, ['When', 'Step', 'Object', 'Result', 'Detail'],
    touched.map(r => [time(r.at), r.step, r.what, r.result, detail(r)])));
}

export function failures(records) {
  return table('Failures', ['When', 'What', 'Step', 'Cluster', 'Result', 'Who', 'Detail'],
    records.filter(r => r.failureOrIntervention)
      .map(r => [time(r.at), r.what, r.step, where(r.cluster), WORDS[r.result] ?? r.result, who(r.actor), detail(r)]));
}

export function verification(measured) {
  return measured.length === 0 ? [h('p', { class: 'ms-none' }, 'Nothing was measured yet.')]
    : measured.flatMap(r => [h('p', {}, `${time(r.at)} `, word(r.result)), figures(r.data), more('As text', text(r.detail ?? ''))]);
}

function figures(report) {
  const from = report?.calls?.from;
  if (!from) {
    return null;
  }
  const versions = report.calls.versions ?? {};
  const heads = ['Calls from', ...Object.entries(versions).map(([cluster, version]) => `${version} in ${cluster}`), 'Its control plane sees'];
  return [h('p', {}, 'How often each version of HelloWorld answered calls from each cluster:'),
    table('Answers', heads, Object.entries(from).map(([cluster, calls]) => [cluster,
      ...Object.values(versions).map(version => calls.notMeasured ?? String(calls.answers[version] ?? 0)),
      sees(report.controlPlanes?.readers?.[cluster])]))];
}

/** What is as it should be is counted, the rest is named. */
function sees(view) {
  const seen = view ? Object.values(view.replicas ?? {}).flatMap(replica => Object.entries(replica)) : [];
  const other = seen.filter(([, status]) => status !== 'synced').map(([target, status]) => `${target} ${status}`);
  const synced = seen.length - other.length;
  return [synced > 0 ? `${synced} synced` : '', ...other].filter(Boolean).join(', ');
}

export function certificates(certified, touched) {
  return table('Certificates', ['Cluster', 'In place', 'Certificate', 'Valid until', 'SHA-256', 'Root valid until', 'Root SHA-256'],
    certified.map(r => [r.cluster, inPlace(r, touched), r.what, day(r.data?.validUntil), h('code', {}, r.data?.fingerprint ?? ''),
      day(r.data?.rootValidUntil), h('code', {}, r.data?.rootFingerprint ?? '')]));
}

function inPlace(certificate, touched) {
  const gone = touched.find(r => r.cluster === certificate.cluster && r.seq > certificate.seq
    && r.what === 'Secret istio-system/cacerts' && r.result.endsWith('DELETED'));
  return gone ? ['no, removed ', time(gone.at)] : 'yes';
}

export function steps(ended) {
  return table('Steps', ['Began', 'Step', 'Process', 'Cluster', 'Took', 'Result'],
    ended.filter(r => r.data && !r.data.activity.startsWith('EndEvent'))
      .sort((a, b) => a.data.started.localeCompare(b.data.started))
      .map(r => [time(r.data.started), r.step, process(r.data.process), where(r.cluster), duration(r.data.started, r.data.ended), r.result.toLowerCase()]));
}

export function record(records) {
  return table('Record', ['#', 'When', 'Kind', 'Step', 'Cluster', 'What', 'Result', 'Who', 'Detail', 'Hash'],
    records.map(r => [String(r.seq), time(r.at), r.kind, r.step, r.cluster, r.what, r.result, who(r.actor), detail(r),
      h('code', { title: r.hash }, short(r.hash))]));
}
