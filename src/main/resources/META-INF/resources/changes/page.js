// The page of the changes outside of Cockpit.
import { show } from './changes.js';
import { read, signOut } from './data.js';

const content = document.getElementById('content');
const me = await read('me').catch(problem => {
  content.textContent = problem.message;
  throw problem;
});
document.getElementById('who').textContent = me.name;
document.getElementById('sign-out').addEventListener('click', async () => {
  await signOut();
  // Where an identity provider is to be told, this leads on to it; else to the front page.
  location.assign('/sign-out/provider');
});
if (!me.tasks) {
  document.getElementById('desk').textContent = 'Cockpit';
}
// The link that skips to the content is one to a part of this page, and no address of a change.
document.querySelector('.ms-skip').addEventListener('click', event => {
  event.preventDefault();
  content.focus();
});
show(content, { me });
