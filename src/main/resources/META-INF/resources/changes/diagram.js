// The diagram of a change with the way that it took; called processes can be walked into.
import { h } from './dom.js';
import { readText } from './data.js';
import { duration, process } from './words.js';

const VIEWER = new URL('/webjars/bpmn-js/8.0.0/', import.meta.url);
const MOST = 3;
let viewer;

export function diagram(change, records, live) {
  const steps = records.filter(r => r.kind === 'STEP' && r.data);
  const failed = records.filter(r => r.kind === 'FAILED' && r.data);
  const asked = records.find(r => r.kind === 'REQUESTED')?.data;
  const canvas = h('div', { class: 'ms-diagram', role: 'img', 'aria-label': 'Diagram; the steps are listed below' });
  const choice = h('select', { 'aria-label': 'Process', onchange: () => open(choice.value) });
  const instances = [...known(change, steps, asked).entries()];
  choice.append(...instances.map(([instance, { title }]) => h('option', { value: instance }, title)));
  let shown;
  let doing = [];
  const open = async instance => {
    const found = instances.find(([id]) => id === instance)?.[1];
    if (!found?.definition) {
      canvas.replaceChildren(h('p', { class: 'ms-none' }, 'The diagram is not known yet.'));
      return;
    }
    choice.value = instance;
    canvas.replaceChildren();
    shown = await draw(canvas, found.definition);
    mark(shown, instance, { steps, failed, doing }, open);
  };
  live?.onDoing(found => {
    doing = found;
    if (shown) {
      mark(shown, choice.value, { steps: [], failed: [], doing }, open);
    }
  });
  requestAnimationFrame(() => open(change.id).catch(problem => canvas.replaceChildren(problem.message)));
  return h('div', {}, h('p', {}, h('label', {}, 'Process ', choice),
    ' Green: done. Red: failed or cancelled. Blue: under way. A step that calls a process opens it.'), canvas);
}

/** The change itself and the processes that it called, by the id of their instance. */
function known(change, steps, asked) {
  const found = new Map([[change.id, { title: process(change.process), definition: asked?.definition }]]);
  steps.forEach(r => {
    if (!found.has(r.data.instance)) {
      found.set(r.data.instance, { title: [process(r.data.process), r.cluster].filter(Boolean).join(' of '), definition: r.data.definition });
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

function mark(shown, instance, { steps, failed, doing }, open) {
  const registry = shown.get('elementRegistry');
  const canvas = shown.get('canvas');
  const overlays = shown.get('overlays');
  const paint = (activity, colour) => registry.get(activity) && canvas.addMarker(activity, colour);
  const mine = steps.filter(r => r.data.instance === instance);
  mine.forEach(r => paint(r.data.activity, r.result === 'DONE' ? 'ms-done' : 'ms-failed'));
  failed.filter(r => r.data.instance === instance).forEach(r => paint(r.data.activity, 'ms-failed'));
  doing.filter(d => d.instance === instance).forEach(d => paint(d.activity, 'ms-doing'));
  const times = {};
  mine.forEach(r => { (times[r.data.activity] ??= []).push(r); });
  Object.entries(times).filter(([activity]) => registry.get(activity) && !activity.startsWith('EndEvent'))
    .forEach(([activity, all]) => overlays.add(activity,
      { position: { top: -12, left: 4 }, html: note(all, called(steps, instance, activity), open) }));
}

/** The processes that an activity called, each with the cluster that it was called for. */
function called(steps, instance, activity) {
  const found = new Map();
  steps.filter(r => r.data.callerInstance === instance && r.data.callerActivity === activity)
    .forEach(r => found.set(r.data.instance, r.cluster));
  return [...found.entries()];
}

function note(all, called, open) {
  const from = all.map(r => r.data.started).sort()[0];
  const until = all.map(r => r.data.ended).sort().at(-1);
  const label = duration(from, until);
  if (called.length === 0) {
    return h('span', { class: 'ms-time' }, label);
  }
  // Of many clusters the first ones fit; the list above the diagram has them all.
  return h('span', { class: 'ms-time' }, label, called.slice(0, MOST).map(([instance, cluster]) =>
    h('button', { type: 'button', title: 'Open the called process', onclick: () => open(instance) },
      ` ${called.length > 1 && cluster ? cluster : 'open'} ▸`)));
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
