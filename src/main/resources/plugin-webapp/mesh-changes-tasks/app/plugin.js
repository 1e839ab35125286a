// In Tasklist: the way to the changes in the bar, and beside each task the change that it belongs to. What Tasklist
// offers to people who may not use it is not shown to them: see user-styles.css.
const PAGES = new URL('/changes/', import.meta.url);

function style() {
  if (!document.getElementById('mesh-changes-style')) {
    const link = document.createElement('link');
    link.id = 'mesh-changes-style';
    link.rel = 'stylesheet';
    link.href = new URL('changes.css', PAGES);
    document.head.append(link);
  }
}

import(new URL('forms.js', PAGES)).then(({ mend }) => mend()).catch(() => {});

// Nobody may do more than read until this is known.
fetch(new URL('data/me', PAGES), { credentials: 'same-origin' })
  .then(answer => answer.ok ? answer.json() : { groups: [], starts: false })
  .then(me => {
    document.body.classList.toggle('ms-starts', me.starts);
    document.body.classList.toggle('ms-administrator', me.groups.includes('camunda-admin'));
  })
  .catch(() => {});

export default [
  {
    id: 'mesh-changes-link',
    pluginPoint: 'tasklist.navbar.action',
    priority: 400,
    render: node => {
      const link = document.createElement('a');
      link.href = PAGES;
      link.textContent = 'Changes';
      node.append(link);
    }
  },
  {
    id: 'mesh-changes-of-task',
    pluginPoint: 'tasklist.task.detail',
    priority: 50,
    label: 'Change',
    properties: { label: 'Change' },
    render: async (node, data) => {
      style();
      const { ofTask } = await import(new URL('task.js', PAGES));
      await ofTask(node, data?.taskId ?? new URLSearchParams(location.hash.split('?')[1]).get('task'));
    }
  }
];
