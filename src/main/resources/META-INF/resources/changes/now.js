// What a running change does, cluster by cluster, looked at again every two seconds.
import { h, table } from './dom.js';
import { read } from './data.js';
import { duration, time } from './words.js';

const EVERY = 2000;

export function now(change, { tasks }) {
  const node = h('div', { 'aria-live': 'polite' }, 'loading');
  const listeners = [];
  let timer;
  let last = '';
  const look = async () => {
    try {
      const doing = await read(`changes/${change.id}/now`);
      listeners.forEach(listener => listener(doing));
      draw(node, doing, tasks);
      // The record grew, or the change is over: the rest of the page is drawn anew.
      const state = doing.map(d => d.instance + d.activity).join();
      if (last && state !== last) {
        window.dispatchEvent(new Event('hashchange'));
        return;
      }
      last = state;
    } catch (problem) {
      node.replaceChildren(h('p', { role: 'alert' }, problem.message));
    }
    timer = setTimeout(look, EVERY);
  };
  timer = setTimeout(look, 0);
  return { node, stop: () => clearTimeout(timer), onDoing: listener => listeners.push(listener) };
}

function draw(node, doing, tasks) {
  node.replaceChildren(doing.length === 0
    ? h('p', {}, 'Between two steps, or repeating one that failed: see the failures below.')
    : table('Now', ['Cluster', 'Step', 'Since', 'Waits for', 'To do'], doing.map(d => [
      d.cluster ?? 'whole mesh', d.step, `${time(d.since)} (${duration(d.since, Date.now())})`, waits(d), act(d, tasks)])));
}

function waits(d) {
  if (d.waitingFor) {
    return `${d.waitingFor}, ${duration(d.since, Date.now())}; a person is asked at ${time(d.until)}`;
  }
  return d.task ? `a person${d.assignee ? ': ' + d.assignee : ''}` : '';
}

function act(d, tasks) {
  return d.task && tasks
    ? h('a', { href: `/camunda/app/tasklist/default/#/?task=${d.task}` }, `Open the task "${d.step}"`) : '';
}
