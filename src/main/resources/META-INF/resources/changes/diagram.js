// The diagram of a change with the way that it took; called processes can be walked into.
import { h } from './dom.js';
import { readText } from './data.js';
import { duration, process } from './words.js';

const VIEWER = new URL('/webjars/bpmn-js/8.0.0/', import.meta.url);
const COLOURS = ['ms-done', 'ms-failed', 'ms-doing', 'ms-rests'];
let viewer;

/** @returns its node; show, for the records as they grow; doing, for what is under way */
export function diagram(change) {
  const canvas = h('div', { class: 'ms-diagram', role: 'group', 'aria-label': 'Diagram; the steps are listed below' });
  const choice = h('select', { onchange: () => open(choice.value) });
  const seen = { steps: [], failed: [], doing: [], calls: [] };
  let instances = new Map();
  let shown;
  const open = async instance => {
    const definition = instances.get(instance)?.definition;
    shown = null;
    if (!definition) {
      canvas.replaceChildren(h('p', { class: 'ms-none' }, 'The diagram is not known yet.'));
      return;
    }
    choice.value = instance;
    canvas.replaceChildren();
    shown = { instance, viewer: await draw(canvas, definition) };
    mark(shown, seen, open);
  };
  const running = () => [...seen.calls.map(c => ({ ...c, instance: c.called })), ...seen.doing]
    .filter(each => !instances.has(each.instance))
    .forEach(each => instances.set(each.instance, about(each.process, each.cluster, each.definition)));
  const update = () => {
    const before = choice.value || change.id;
    if (choice.length !== instances.size) {
      choice.replaceChildren(...[...instances.entries()].map(([instance, { title }]) => h('option', { value: instance }, title)));
      choice.value = before;
    }
    if (shown) {
      mark(shown, seen, open);
    }
  };
  const show = records => {
    seen.steps = records.filter(r => r.kind === 'STEP' && r.data);
    seen.failed = records.filter(r => r.kind === 'FAILED' && r.data);
    const first = instances.size === 0;
    instances = known(change, seen.steps, records.find(r => r.kind === 'REQUESTED')?.data);
    running();
    update();
    if (first) {
      requestAnimationFrame(() => open(change.id).catch(problem => canvas.replaceChildren(problem.message)));
    }
  };
  const doing = (found, calls) => {
    if (JSON.stringify([found, calls]) === JSON.stringify([seen.doing, seen.calls])) {
      return;
    }
    Object.assign(seen, { doing: found, calls });
    running();
    update();
  };
  return { show, doing, node: h('div', {}, h('p', {}, h('label', {}, 'Process ', choice),
    ' Green: done. Red: failed or cancelled. Blue: under way, here or in a called process. A step that calls a process opens it.'), canvas) };
}

const about = (key, cluster, definition) => ({ title: [process(key), cluster].filter(Boolean).join(' of '), definition });

/** The change itself and the processes that it called, by the id of their instance. */
function known(change, steps, asked) {
  const found = new Map([[change.id, about(change.process, null, asked?.definition)]]);
  steps.forEach(r => {
    if (!found.has(r.data.instance)) {
      found.set(r.data.instance, about(r.data.process, r.cluster, r.data.definition));
    }
    found.get(r.data.instance).definition ??= r.data.definition;
  });
  return found;
}

async function draw(canvas, definition) {
  const [Viewer, xml] = await Promise.all([load(), readText(`diagrams/${encodeURIComponent(definition)}`)]);
  const shown = new Viewer({ container: canvas });
  await shown.importXML(xml);
  shown.get('canvas').zoom('fit-viewport');
  return shown;
}

function mark({ instance, viewer: shown }, { steps, failed, doing, calls }, open) {
  const registry = shown.get('elementRegistry');
  const canvas = shown.get('canvas');
  const overlays = shown.get('overlays');
  const focused = canvas.getContainer().contains(document.activeElement) ? key(document.activeElement) : null;
  registry.forEach(element => COLOURS.forEach(colour => canvas.removeMarker(element, colour)));
  overlays.clear();
  const paint = (activity, colour) => registry.get(activity) && canvas.addMarker(activity, colour);
  // A sub-process is under way while something in it is; a failure that rests shows there, too.
  const paintNow = (activity, colour) => {
    for (let element = registry.get(activity); element?.parent; element = element.parent) {
      canvas.addMarker(element, colour);
    }
  };
  const mine = steps.filter(r => r.data.instance === instance);
  mine.forEach(r => paint(r.data.activity, r.result === 'DONE' ? 'ms-done' : 'ms-failed'));
  failed.filter(r => r.data.instance === instance).forEach(r => paint(r.data.activity, 'ms-failed'));
  doing.filter(d => d.instance === instance).forEach(d => paintNow(d.activity, colour(d.fault)));
  const running = {};
  calls.filter(c => c.instance === instance).forEach(c => {
    paintNow(c.activity, rests(c.called, doing, calls) ? 'ms-rests' : 'ms-doing');
    (running[c.activity] ??= []).push(c.called);
  });
  const times = {};
  mine.forEach(r => { (times[r.data.activity] ??= []).push(r); });
  Object.keys(running).forEach(activity => { times[activity] ??= []; });
  Object.entries(times).filter(([activity]) => registry.get(activity) && !activity.startsWith('EndEvent'))
    .forEach(([activity, all]) => overlays.add(activity,
      { position: { top: -12, left: 4 }, html: note(all, [...new Set([...running[activity] ?? [], ...called(steps, instance, activity)])], activity, open) }));
  if (focused) {
    [...canvas.getContainer().querySelectorAll('[data-key]')].find(button => key(button) === focused)?.focus();
  }
}

const key = button => button.dataset.key;

/** A failure that rests shows through whatever else is under way. */
const colour = fault => fault ? fault.attemptsLeft ? 'ms-failed' : 'ms-rests' : 'ms-doing';

/** Whether something in a called process, at whatever level, failed and is not tried again by itself. */
const rests = (instance, doing, calls) => doing.some(d => d.instance === instance && d.fault?.attemptsLeft === 0)
  || calls.some(c => c.instance === instance && rests(c.called, doing, calls));

/** The processes that an activity called, as far as they have done something, by the id of their instance. */
function called(steps, instance, activity) {
  return [...new Set(steps.filter(r => r.data.callerInstance === instance && r.data.callerActivity === activity)
    .map(r => r.data.instance))];
}

function note(all, called, activity, open) {
  const from = all.map(r => r.data.started).sort()[0];
  const until = all.map(r => r.data.ended).sort().at(-1);
  const label = from ? duration(from, until) : 'runs';
  if (called.length === 0) {
    return h('span', { class: 'ms-time' }, label);
  }
  const several = called.length > 1;
  return h('span', { class: 'ms-time' }, label, h('button', { type: 'button', 'data-key': activity, onclick: () => open(called[0]),
    title: several ? 'Opens the newest one; the list above the diagram has them all' : 'Opens the called process' },
  several ? ` ${called.length} × ▸` : ' open ▸'));
}

/** The viewer is one file for all module systems; as a plain script it puts itself beside window. */
function load() {
  viewer ??= new Promise((resolve, reject) => {
    document.head.append(h('link', { rel: 'stylesheet', href: new URL('dist/assets/diagram-js.css', VIEWER) }));
    const amd = window.define;
    window.define = undefined;
    const script = h('script', { src: new URL('dist/bpmn-navigated-viewer.production.min.js', VIEWER) });
    script.onload = () => { window.define = amd; resolve(window.BpmnJS); };
    script.onerror = () => { window.define = amd; reject(new Error('The viewer of diagrams could not be loaded.')); };
    document.head.append(script);
  });
  return viewer;
}
