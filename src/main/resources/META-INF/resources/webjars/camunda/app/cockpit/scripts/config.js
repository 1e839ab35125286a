import '/changes/front-page.js';

// Scripts may come slowly: RequireJS gives up after seven seconds and leaves an empty page; here it waits.
(window.requirejs ?? window.require)?.config({ waitSeconds: 0 });

export default {
  app: {
    name: 'Cockpit',
    vendor: 'Meshspan'
  },
  disableWelcomeMessage: true
};
