// The way in. Whoever was on the way to a page of this site goes on there; an address elsewhere is never followed.
const form = document.getElementById('sign-in');
const refusal = document.getElementById('refusal');

form.addEventListener('submit', async event => {
  event.preventDefault();
  refusal.textContent = '';
  const { user, password } = Object.fromEntries(new FormData(form));
  try {
    const answer = await fetch('/sign-in', {
      method: 'POST', body: JSON.stringify({ user, password }), credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', 'X-Requested-By': 'changes' } });
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
