import { post } from './data.js';

// The way in. Whoever was on the way to a page of this site goes on there; an address elsewhere is never followed.
const form = document.getElementById('sign-in');
const refusal = document.getElementById('refusal');

form.addEventListener('submit', async event => {
  event.preventDefault();
  refusal.textContent = '';
  try {
    const answer = await post('/sign-in', new URLSearchParams(new FormData(form)));
    const content = await answer.json();
    if (answer.ok) {
      location.assign((asked() ?? content.desk) + location.hash);
      return;
    }
    refusal.textContent = content.detail;
  } catch {
    refusal.textContent = 'The service does not answer. Try again in a moment.';
  }
  form.elements.password.value = '';
  form.elements.password.focus();
});

function asked() {
  const to = new URLSearchParams(location.search).get('to');
  return /^\/(changes|camunda\/app)\//.test(to ?? '') ? to : null;
}
