// The declared meshes, and one of them with its members and its history.
import { badge, h, more, section, table, text } from './dom.js';
import { askWith, read, readText, who } from './data.js';
import { few, process, time, zone } from './words.js';

const TONES = { VERIFIED: 'good', TAKEN_OVER: 'plain', UNCERTAIN: 'warn', REMOVED: 'bad' };
const stands = mesh => badge(mesh.state.toLowerCase().replace('_', ' '), TONES[mesh.state]);
const address = (here, mesh) => `${here}?declared=${encodeURIComponent(mesh)}`;

export async function meshes(here, { me }) {
  const all = await read('meshes');
  return {
    node: h('div', {}, h('h1', {}, 'Meshes'),
      h('p', { role: 'status' }, `${all.length === 1 ? '1 mesh' : `${all.length} meshes`}, each as the last verified change left it; times are in ${zone}`),
      table('Meshes', ['Mesh', 'State', 'Istio', 'Clusters', 'Since', 'By'],
        all.map(mesh => [h('a', { href: address(here, mesh.mesh) }, mesh.mesh), stands(mesh), mesh.istioVersion,
          few(mesh.members.map(member => member.cluster)).join(', '), time(mesh.at), origin(mesh, here)]), all.map(mesh => mesh.mesh)),
      me.starts ? takeOver(here) : null)
  };
}

export async function declaredMesh(id, here, { me }) {
  const { mesh, history } = await read(`meshes/${encodeURIComponent(id)}`);
  const mark = h('span', {});
  const fact = (name, ...value) => [h('dt', {}, name), h('dd', {}, ...value)];
  return {
    node: h('div', {}, h('p', { class: 'ms-links' }, h('a', { href: `${here}?meshes=all` }, 'All meshes'), ' ',
      h('a', { href: `${here}?mesh=${encodeURIComponent(id)}` }, 'Its changes')),
    h('h1', {}, `Mesh ${mesh.mesh} `, stands(mesh), ' ', mark),
    mesh.note ? h('p', { class: mesh.state === 'UNCERTAIN' ? 'ms-problem' : '' }, mesh.note) : null,
    h('dl', { class: 'ms-facts' },
      fact('As declared', `version ${mesh.version} of ${time(mesh.at)}, as all times here in ${zone}`),
      fact('By', origin(mesh, here), mesh.person ? ` for ${who(mesh.person)}` : ''),
      fact('Topology', mesh.topology),
      fact('Istio version', mesh.istioVersion),
      fact('Revision', mesh.revision || 'none'),
      fact('Images', mesh.hub || mesh.tag ? [mesh.hub, mesh.tag].filter(Boolean).join(' : ') : 'as configured'),
      fact('Beyond istiod', [mesh.ingressGateway && 'ingress gateway', mesh.defaultTag && 'revision tag default'].filter(Boolean).join(', ') || 'nothing'),
      fact('Remote tokens', mesh.tokenExpiration ? `bound, valid for ${mesh.tokenExpiration}, renewed in time` : 'never expire'),
      fact('Root certificate', mesh.roots.length ? mesh.roots.map(root => h('code', {}, root)) : 'not known')),
    mesh.state === 'REMOVED' ? null : section('Drift', drift(id, here, me)),
    mesh.state === 'REMOVED' ? null : section('Verifications', verifications(id, here, mark)),
    section('Clusters', drawing('The mesh', `meshes/${encodeURIComponent(id)}/mesh.svg`),
      table('Clusters of the mesh', ['Cluster', 'Network', 'Role', 'East-west gateway', 'Also part of'], mesh.members.map(member => [
        h('a', { href: `${here}?cluster=${member.cluster}` }, member.cluster),
        member.network,
        (member.role === 'primary' ? 'primary' : `remote of ${member.controlPlane}`) + (member.leftOut ? ', left out of the last change' : ''),
        member.eastWestGateway ? 'yes' : 'no',
        member.alsoIn.length ? member.alsoIn.flatMap(other => [h('a', { href: address(here, other) }, other), ' ']) : 'no other mesh'
      ]))),
    me.starts && mesh.state !== 'REMOVED' ? section('Start a change', ...starts(mesh, here)) : null,
    section('Next change', h('p', {}, 'This mesh file describes the mesh as it is declared. Change it, and start "Install mesh" with it.'),
      more('Mesh file', text(mesh.meshFile))),
    section('History', table('History', ['Version', 'Since', 'State', 'Istio', 'Clusters', 'By', 'Note'], history.map(version => [
      version.version, time(version.at), stands(version), version.istioVersion, few(version.members.map(member => member.cluster)).join(', '),
      origin(version, here), version.note])))
    )
  };
}

const DRIFT = { none: 'good', settled: 'plain', drift: 'warn' };
const KINDS = { CHANGED: 'changed', MISSING: 'missing', LEFTOVER: 'left over', FOREIGN_WRITER: 'written by others', NOT_SYNCED: 'not in sync',
  CERTIFICATE_EXPIRES: 'expires' };

/** What the last check found, and a button for the next one. */
function drift(id, here, me) {
  const path = `meshes/${encodeURIComponent(id)}/drift`;
  const place = h('div', { 'aria-live': 'polite' }, 'loading');
  const show = found => place.replaceChildren(...drifted(found, here));
  read(path).then(show).catch(problem => place.replaceChildren(h('p', { class: 'ms-none' }, problem.message)));
  return h('div', {}, place, me.starts ? form('Check now', async () => show(await askWith(path, {}))) : null);
}

function drifted(found, here) {
  return [
    h('p', {}, 'Drift: ', badge(found.state === 'drift' ? found.summary : found.state, DRIFT[found.state]),
      found.checkedAt ? `, checked ${time(found.checkedAt)}` : '',
      found.settled.length ? `; ${found.settled.length} accepted or ignored` : '',
      found.change ? [': ', h('a', { href: `${here}?change=${found.change}` }, 'an operator decides')] : ''),
    found.problem ? h('p', { class: 'ms-problem' }, `The last check came to no result. ${found.problem} What stands here is older.`) : '',
    found.items.length ? table('Drift', ['Cluster', 'Kind', 'Object', 'Found', 'Written by'], found.items.map(item => [
      item.cluster, KINDS[item.kind], h('code', {}, item.object), difference(item), writers(item)])) : '',
    found.gaps.length ? more(`Not checked: ${found.gaps.length}`, h('ul', {}, found.gaps.map(gap => h('li', {}, gap)))) : '',
    found.settled.length ? more(`Accepted or ignored: ${found.settled.length}`, table('Accepted or ignored', ['Until', 'By', 'On', 'Why'],
      found.settled.map(each => [each.until ? time(each.until) : 'accepted', who(each.person),
        h('a', { href: `${here}?change=${each.change}` }, time(each.at)), each.reason]))) : ''
  ].filter(Boolean);
}

const difference = item => item.fields.length ? h('ul', {}, item.fields.map(field => h('li', {}, h('code', {}, field.path), ': ',
  h('code', {}, field.found), ', declared ', h('code', {}, field.declared)))) : item.found;

const writers = item => item.writers.map(writer => [h('code', {}, writer.manager), ` (${writer.operation}${writer.time ? `, ${time(writer.time)}` : ''}) `]).flat();

const origin = (mesh, here) => mesh.change ? h('a', { href: `${here}?change=${mesh.change}` }, mesh.origin) : `${mesh.origin}`;

function drawing(name, path, style = '') {
  const place = h('div', { class: `ms-scroll ${style}`, tabindex: 0, role: 'region', 'aria-label': name }, 'loading');
  readText(path).then(svg => {
    place.replaceChildren(document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true));
  }).catch(problem => place.replaceChildren(h('p', { class: 'ms-none' }, problem.message)));
  return place;
}

const RESULTS = { PASSED: 'good', FAILED: 'bad', SKIPPED: 'plain' };
const result = run => badge(run.result.toLowerCase(), RESULTS[run.result]);

/** The newest result, the chart, and its numbers as tables; the mark beside the mesh's name follows the newest result. */
function verifications(id, here, mark) {
  const path = `meshes/${encodeURIComponent(id)}/verifications`;
  const place = h('div', {}, 'loading');
  const show = async () => {
    const { items, next } = await read(path);
    const made = items.find(run => run.result !== 'SKIPPED');
    if (made?.result === 'FAILED') {
      mark.replaceChildren(badge('calls across clusters fail', 'bad'));
    }
    const pairs = made ? (await read(`${path}/${made.id}`)).pairs : [];
    place.replaceChildren(...verified(items, made, pairs, next, here, `${path}.svg`));
  };
  show().catch(problem => place.replaceChildren(h('p', { class: 'ms-none' }, problem.message)));
  return place;
}

function verified(items, made, pairs, next, here, chart) {
  if (items.length === 0) {
    return [h('p', { class: 'ms-none' }, 'None yet.')];
  }
  const ms = value => value === null ? 'not measured' : `${value < 100 ? value.toFixed(1) : Math.round(value)} ms`;
  const cause = run => run.change ? h('a', { href: `${here}?change=${run.change}` }, process(run.origin)) : process(run.origin);
  const why = run => run.reason ? more(run.reason.split('\n')[0].slice(0, 80), text(run.reason)) : '';
  return [
    made ? h('p', {}, 'The newest one: ', result(made), `, ${time(made.at)}, by `, cause(made),
      made.failedCalls ? `; ${made.failedCalls} of ${made.calls} calls had no answer` : '') : '',
    items[0].result === 'SKIPPED' ? h('p', { class: 'ms-detail' }, `Skipped since, last ${time(items[0].at)}. ${items[0].reason}`) : '',
    made?.result === 'FAILED' && made.reason ? h('p', { class: 'ms-problem' }, made.reason.split('\n')[0]) : '',
    drawing('Chart of the verifications', chart, 'ms-chart'),
    pairs.length ? more('Calls of the newest one, cluster by cluster', table('Calls of the newest verification',
      ['From', 'To', 'Answered', 'Median', 'Slowest', 'Without any answer', 'Why'], pairs.map(pair => [pair.source, pair.target,
        badge(pair.succeeded ? `${pair.answers} of ${pair.calls}` : 'none', pair.succeeded ? 'good' : 'bad'),
        ms(pair.medianMs), ms(pair.slowestMs), pair.failedCalls, pair.reason]))) : '',
    more('As a table', table('Verifications', ['Time', 'Result', 'Asked for by', 'Calls', 'Without an answer', 'Why'],
      items.map(run => [time(run.at), result(run), cause(run), run.calls, run.failedCalls, why(run)])),
    next ? h('p', { class: 'ms-detail' }, 'Older ones: GET /api/v1/meshes/', made?.mesh ?? items[0].mesh, '/verifications.') : '')
  ].filter(Boolean);
}

/** Each starts from what is declared: only what that does not say is asked for. */
function starts(mesh, here) {
  const open = id => { location.hash = `${here.slice(1)}?change=${id}`; };
  const reason = () => field('Reason', h('input', { name: 'reason', type: 'text', size: 40, required: true, minlength: 3, maxlength: 2000 }));
  const some = (name, legend) => h('fieldset', {}, h('legend', {}, legend), mesh.members.map(member =>
    h('label', {}, h('input', { type: 'checkbox', name, value: member.cluster }), ` ${member.cluster} `)));
  const change = (process, extra) => async data => open((await askWith('changes', {
    process, mesh: mesh.mesh, reason: data.get('reason'), ...extra(data) })).id);
  return [
    more('Verify', form('Ask for the verification', change('verify-mesh', () => ({})), reason())),
    more('Add clusters', form('Ask for the addition', change('add-cluster', data => ({
      join: data.get('join').split(',').map(name => name.trim()).filter(Boolean), role: data.get('role'),
      ...(data.get('role') === 'remote' ? { controlPlane: data.get('controlPlane') } : {}) })),
    field('Clusters that join, separated by commas', h('input', { name: 'join', type: 'text', size: 30, required: true })),
    field('Role', h('select', { name: 'role' }, h('option', {}, 'primary'), h('option', {}, 'remote'))),
    field('Control plane of remotes', h('select', { name: 'controlPlane' }, mesh.members.filter(member => member.role === 'primary')
      .map(member => h('option', {}, member.cluster)))), reason())),
    more('Rotate remote tokens', form('Ask for the rotation', change('rotate-remote-tokens', data => ({ clusters: data.getAll('clusters'),
      ...(data.get('tokenExpiration') ? { tokenExpiration: data.get('tokenExpiration') } : {}) })),
    some('clusters', 'Clusters whose tokens are replaced; none for all'),
    field(`New tokens expire after (720h, 30d, never); empty for ${mesh.tokenExpiration ?? 'never'}, as declared`,
      h('input', { name: 'tokenExpiration', type: 'text', size: 8, maxlength: 20 })), reason())),
    more('Rotate intermediates', form('Ask for the rotation', change('rotate-intermediates', data => ({ clusters: data.getAll('clusters') })),
      some('clusters', 'Clusters whose intermediate CA is replaced; none for all'), reason())),
    more('Change the root', form('Ask for the change of the root', change('rotate-root', () => ({})),
      h('p', {}, 'In three phases, each with restarts of istiod and of workloads, and a decision after each.'), reason())),
    more('Upgrade', form('Ask for the upgrade', change('upgrade-mesh', data => ({ istioVersion: data.get('istioVersion'),
      ...(data.get('revision') ? { revision: data.get('revision') } : {}) })),
    field('New Istio version', h('input', { name: 'istioVersion', type: 'text', size: 12, required: true })),
    field('New revision; empty for the version with dashes', h('input', { name: 'revision', type: 'text', size: 20 })), reason())),
    more('Upgrade in place', form('Ask for the upgrade in place', change('upgrade-in-place', data => ({ istioVersion: data.get('istioVersion') })),
      h('p', {}, 'One cluster after the other. The control planes are replaced; the first cluster that fails stops the rest.'),
      field('New Istio version', h('input', { name: 'istioVersion', type: 'text', size: 12, required: true })), reason())),
    more('Take clusters out', form('Ask for the taking out', change('take-out-cluster', data => ({ takeOut: data.getAll('takeOut') })), some('takeOut', 'Clusters that leave'), reason())),
    more('Remove the whole mesh', form('Ask for the removal', change('remove-mesh', data => ({ confirmMeshId: data.get('confirmMeshId') })),
      field('The mesh ID once more', h('input', { name: 'confirmMeshId', type: 'text', size: 20, required: true, autocomplete: 'off' })), reason()))
  ];
}

function takeOver(here) {
  const shown = h('div', { 'aria-live': 'polite' });
  const look = declare => async data => {
    const found = await askWith('meshes', { clusters: data.get('clusters').split(',').map(name => name.trim()).filter(Boolean), declare });
    if (found.version) {
      location.hash = address(here, found.mesh.id).slice(1);
      return;
    }
    shown.replaceChildren(
      found.mesh ? h('p', {}, `Mesh ${found.mesh.id}, Istio ${found.mesh.version}: ${found.mesh.members
        .map(member => `${member.cluster} (${member.role.toLowerCase()}, ${member.network})`).join('; ')}`)
        : h('p', { class: 'ms-problem' }, 'What was found contradicts itself. Nothing can be declared.'),
      h('ul', {}, found.findings.map(finding => h('li', {}, finding))),
      found.mesh ? form('Declare it', () => look(true)(data)) : '');
  };
  return section('Take over a mesh that others made',
    h('p', {}, 'Reads the clusters, changes nothing, and shows what was found before it is declared.'),
    form('Look', look(false), field('Its clusters, separated by commas', h('input', { name: 'clusters', type: 'text', size: 40, required: true }))), shown,
    more('Adopt it, with its objects and values', h('p', {}, 'Shows the mesh file that is declared and what stays as it is. No pod restarts.'),
      form('Ask for the adoption', async data => {
        location.hash = `${here.slice(1)}?change=${(await askWith('changes', { process: 'adopt-mesh', reason: data.get('reason'),
          clusters: data.get('clusters').split(',').map(name => name.trim()).filter(Boolean) })).id}`;
      }, field('Every cluster of the mesh, separated by commas', h('input', { name: 'clusters', type: 'text', size: 40, required: true })),
      field('Reason', h('input', { name: 'reason', type: 'text', size: 40, required: true, minlength: 3, maxlength: 2000 })))));
}

const field = (label, input) => h('label', {}, `${label} `, input);

/** What is refused is said below the form. */
function form(button, act, ...fields) {
  const problem = h('p', { role: 'alert', class: 'ms-problem' });
  const submit = h('button', { type: 'submit' }, button);
  return h('form', { class: 'ms-filter', 'aria-label': button, onsubmit: async event => {
    event.preventDefault();
    problem.textContent = '';
    submit.disabled = true;
    try {
      await act(new FormData(event.target));
    } catch (refusal) {
      problem.textContent = refusal.message;
    } finally {
      submit.disabled = false;
    }
  } }, ...fields, submit, problem);
}
