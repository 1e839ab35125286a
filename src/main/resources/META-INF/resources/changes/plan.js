// Plans as people read them: what happens in which clusters, each changed field with its old and its new value, long values
// in full on demand.
import { badge, h, more, table, text } from './dom.js';
import { read } from './data.js';
import { time } from './words.js';

const ACTIONS = { delete: 'bad', change: 'warn', create: 'good', leave: 'plain' };
const CONTEXT = 3;
const ALIKE = 3;

/** The newest plan of a change first; the earlier ones on demand. */
export function plans(change, planned) {
  return planned.length === 0 ? [h('p', { class: 'ms-none' }, 'No plan yet.')]
    : [...planned].reverse().map((record, index) => index === 0 ? plan(change, record)
      : lazy(`Earlier plan, of ${time(record.at)}`, () => plan(change, record)));
}

function plan(change, record) {
  const digest = record.data?.digest ?? '';
  const place = h('div', {}, 'loading');
  const asText = () => text(record.data?.text ?? 'No text is recorded.');
  read(`changes/${change.id}/plans/${encodeURIComponent(digest)}`)
    .then(view => place.replaceChildren(...view.asRecorded ? body(view, asText)
      : [h('p', { class: 'ms-problem', role: 'alert' }, 'The objects of this plan were altered since it was made. What was decided on is this text:'), asText()]))
    .catch(() => place.replaceChildren(asText()));
  return h('div', { 'data-filled': `plan ${digest} ${record.seq}` },
    h('p', {}, `${time(record.at)}: ${record.detail}. Digest `, h('code', {}, digest)), place);
}

function body(view, asText) {
  const { clusters, counts = [], moved = [], groups = [], besides = [], sample = [], files = [] } = view;
  const place = h('div', {});
  const only = h('select', { onchange: () => show(only.value) }, h('option', { value: '' }, 'all clusters'),
    clusters.map(name => h('option', { value: name }, name)));
  const show = cluster => {
    const here = groups.filter(group => !cluster || group.clusters.includes(cluster));
    const alarming = group => group.objects.some(object => object.action !== 'create');
    const shown = [...here.filter(alarming), ...here.filter(group => !alarming(group))];
    place.replaceChildren(...shown.map(group => ofClusters(group, cluster, alarming(group) || shown.length <= 4)),
      here.length + besides.length === 0 ? h('p', {}, 'Nothing becomes different here.') : '');
  };
  show('');
  const all = [...groups, ...sample].flatMap(group => group.objects);
  return [
    moved.length ? h('h3', {}, 'What has moved since the approval') : null,
    moved.length ? table('Moved', ['In', 'Object', 'Approved', 'Now'], moved.map(m => [m.where, m.object, m.approved, m.now])) : null,
    counts.some(c => c.create + c.change + c.delete + c.unchanged > 0) ? table('Objects of the plan', ['Cluster', 'Create', 'Change', 'Delete', 'Unchanged'],
      counts.map(c => [c.cluster, c.create, c.change, c.delete, c.unchanged].map(String))) : null,
    clusters.length > 1 ? h('p', {}, h('label', {}, 'What becomes different in ', only)) : null,
    place,
    besides.length ? h('ul', {}, besides.map(line => h('li', {}, line))) : null,
    sample.length ? lazy(`For the verification: the sample HelloWorld, ${sample.length === 1 ? '' : 'by cluster, '}counted apart`,
      () => h('div', {}, sample.map(group => ofClusters(group, '', true)))) : null,
    files.map(file => lazy(file.title, () => text(file.yaml))),
    all.some(object => !object.asked) ? h('p', { class: 'ms-detail' },
      '* The API server could not be asked yet: the namespace or the kind is created by this change, so no policy has spoken (a stand-in namespace lets it, see meshspan.plan.stand-in).') : null,
    all.some(object => object.later) ? h('p', { class: 'ms-detail' },
      '† A part of it is known only while the change runs: a gateway\'s address, or a token in a Secret.') : null,
    lazy('As text, as it was put before people', asText)
  ].flat().filter(Boolean);
}

function ofClusters(group, cluster, open) {
  const by = action => group.objects.filter(object => object.action === action);
  const counts = Object.keys(ACTIONS).filter(action => by(action).length).map(action => `${action} ${by(action).length}`).join(', ');
  const from = group.clusters.length > 1 ? group.clusters[0] : '';
  return h('details', { open, class: 'ms-group' },
    h('summary', {}, h('h3', {}, `In ${cluster || group.title}: ${counts}`)),
    by('delete').map(of => object(of, from)), changed(by('change'), from), by('leave').map(of => object(of, from)), created(by('create')));
}

const marked = object => `${object.name}${object.asked ? '' : ' *'}${object.later ? ' †' : ''}`;

/** What is new is listed by kind. */
function created(objects) {
  return objects.length === 0 ? null
    : h('div', { class: 'ms-object' }, h('p', {}, badge('create', ACTIONS.create)), byKind(objects));
}

function byKind(objects) {
  return h('ul', {}, [...new Set(objects.map(object => object.kind))].map(kind => h('li', {}, h('strong', {}, kind), ' ',
    objects.filter(object => object.kind === kind)
      .flatMap((object, index) => [index ? ', ' : '', marked(object), object.note ? ` (${object.note})` : '']))));
}

/** A take-over gives many objects one label: that is told once, after what concerns few objects. */
function changed(objects, from) {
  const groups = new Map();
  objects.forEach(of => {
    const key = of.note || of.left?.length || !of.fields?.length ? of : JSON.stringify(of.fields);
    groups.set(key, [...groups.get(key) ?? [], of]);
  });
  const all = [...groups.values()];
  return [...all.filter(group => group.length < ALIKE).flat().map(of => object(of, from)),
    ...all.filter(group => group.length >= ALIKE).map(group => inTheSameWay(group, from))];
}

function inTheSameWay(objects, from) {
  return h('div', { class: 'ms-object' },
    h('p', {}, badge('change', ACTIONS.change), ' ', h('strong', {}, `${objects.length} objects`), ' in the same way'), byKind(objects),
    table('Fields of these objects', ['Field', 'Old', 'New'], objects[0].fields.flatMap(field => rows(field, [], from))));
}

function object(of, from) {
  return h('div', { class: 'ms-object' },
    h('p', {}, badge(of.action, ACTIONS[of.action]), ' ', h('strong', {}, of.kind), ` ${marked(of)}`, of.note ? `: ${of.note}` : ''),
    of.fields ? table(`Fields of ${of.kind} ${of.name}`, ['Field', 'Old', 'New'], of.fields.flatMap(field => rows(field, [], from))) : null,
    of.left ? table(`Fields of ${of.kind} ${of.name} that stay as they are`, ['Stays', 'As it is', 'Of an installation'],
      of.left.flatMap(field => rows(field, [], from))) : null);
}

/** A text that holds YAML or JSON is one row for each field in it that differs. Its other fields may be others in each cluster. */
function rows(field, within, from) {
  const path = [...within, field.path];
  const name = h('span', {}, path.flatMap((part, index) => [index ? ' ▸ ' : '', h('code', {}, part)]));
  const inside = field.inside ?? [];
  const whole = field.wholeBefore || field.wholeAfter ? wholes(field, inside.length && from ? `Values in full, as in ${from}` : 'Values in full') : null;
  if (inside.length) {
    return [...inside.flatMap(nested => rows(nested, path, from)), ...whole ? [[name, whole, '']] : []];
  }
  return field.lines ? [[name, lines(field.lines), whole ?? '']]
    : [[name, h('del', {}, field.before), [h('ins', {}, field.after), whole]]];
}

function wholes({ before, after, wholeBefore, wholeAfter }, title) {
  return lazy(title, () => h('div', {}, h('p', {}, 'Old:'), text(wholeBefore ?? before), h('p', {}, 'New:'), text(wholeAfter ?? after)));
}

/** The lines that differ, with a few around them. */
function lines(all) {
  const near = index => all.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(line => line.was !== ' ');
  const shown = all.map((line, index) => near(index) ? line : null);
  return h('pre', { class: 'ms-lines' }, shown.map((line, index) => {
    if (line) {
      return h({ '+': 'ins', '-': 'del' }[line.was] ?? 'span', {}, `${line.was} ${line.text}\n`);
    }
    return index > 0 && !shown[index - 1] ? null : h('span', { class: 'ms-none' }, '  …\n');
  }));
}

/** Filled when it is opened for the first time: a plan for fifty clusters is long. */
function lazy(title, fill) {
  const node = more(title);
  node.addEventListener('toggle', () => node.children.length === 1 && node.append(fill()));
  return node;
}
