// The page of the changes outside of Cockpit.
import { show } from './changes.js';
import { read } from './data.js';

const me = await read('me');
document.getElementById('who').textContent = me.id;
if (!me.groups.some(group => ['operators', 'change-managers', 'camunda-admin'].includes(group))) {
  document.getElementById('desk').textContent = 'Cockpit';
}
show(document.getElementById('content'), { me, tasks: true });
