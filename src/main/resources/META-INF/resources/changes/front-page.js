// Whoever signs out of one of Camunda's applications, or whose session is over, comes to the front page: the application's
// own login refuses whoever works with another one.
window.addEventListener('hashchange', () => {
  if (location.hash.startsWith('#/login')) {
    location.assign('/');
  }
});
