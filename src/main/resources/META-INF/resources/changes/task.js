// The change that a task belongs to, beside the task: what it is about, the mesh as it will be, and the plan.
import { asked, pictureTitle } from './asked.js';
import { h, section, state } from './dom.js';
import { read, who } from './data.js';
import { picture } from './picture.js';
import { plans } from './plan.js';
import { nobody, process, time } from './words.js';

export async function ofTask(node, task) {
  const root = h('div', { class: 'ms' });
  node.append(root);
  try {
    const { change, asked: shown, records } = await read(`tasks/${task}/change`);
    const planned = records.filter(record => record.kind === 'PLANNED');
    root.append(
      h('h2', {}, `Mesh ${change.mesh}: ${process(change.process)} `, ...state(change)),
      h('p', {}, `Asked for by ${who(change.requester) ?? nobody(change)} on ${time(change.started)}: ${change.reason || 'no reason given'}`),
      h('p', {}, h('a', { href: new URL(`./#/?change=${change.id}`, import.meta.url) }, 'Everything about this change')),
      asked(shown),
      section(pictureTitle(shown), picture(change.id)),
      section('Plan', ...plans(change, planned)));
  } catch (problem) {
    root.append(h('p', { class: 'ms-none' }, problem.message));
  }
}
