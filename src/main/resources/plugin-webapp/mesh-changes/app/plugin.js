// "Mesh changes" in Cockpit: the pages are those of /changes/. For whoever is no administrator, what Cockpit offers
// to change is not shown: see plugin.css.
const PAGES = new URL('/changes/', import.meta.url);
const PATH = '/mesh-changes';

const NOBODY = { id: '', groups: [], tasks: false, starts: false, retries: false };

const me = fetch(new URL('data/me', PAGES), { credentials: 'same-origin' })
  .then(answer => answer.ok ? answer.json() : NOBODY)
  .catch(() => NOBODY);

function style() {
  if (!document.getElementById('mesh-changes-style')) {
    const link = document.createElement('link');
    link.id = 'mesh-changes-style';
    link.rel = 'stylesheet';
    link.href = new URL('changes.css', PAGES);
    document.head.append(link);
  }
}

let end = () => {};
let started = true;

export default [
  {
    id: 'mesh-changes-page',
    pluginPoint: 'cockpit.route',
    properties: { path: PATH },
    render: async node => {
      style();
      node.style.cssText = 'position: absolute; inset: 0; overflow: auto; background: #f7f9fb';
      const { show } = await import(new URL('changes.js', PAGES));
      end = show(node, { me: await me });
    },
    unmount: () => end()
  },
  {
    id: 'mesh-changes-link',
    pluginPoint: 'cockpit.navigation',
    priority: 100,
    render: async node => {
      const link = document.createElement('a');
      link.href = '#' + PATH;
      link.textContent = 'Mesh changes';
      node.append(link);
      const administrator = (await me).groups.includes('camunda-admin');
      document.body.classList.toggle('ms-administrator', administrator);
      if (!administrator && started && ['', '#/', '#/dashboard'].includes(location.hash)) {
        location.hash = PATH;
      }
      started = false;
    }
  }
];
