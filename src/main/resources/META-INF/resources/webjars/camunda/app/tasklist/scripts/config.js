import '/changes/front-page.js';

// Scripts may come slowly: RequireJS gives up after seven seconds and leaves an empty page; here it waits.
(window.requirejs ?? window.require)?.config({ waitSeconds: 0 });

export default {
  app: {
    name: 'Tasklist',
    vendor: 'Meshspan'
  },
  disableWelcomeMessage: true,
  shortcuts: {
    startProcess: {key: 'ctrl+alt+p', description: 'start a process'},
    focusFilter: {key: 'ctrl+shift+f', description: 'go to the filters'},
    focusList: {key: 'ctrl+alt+l', description: 'go to the tasks'},
    focusForm: {key: 'ctrl+alt+f', description: 'go to the form'},
    claimTask: {key: 'ctrl+alt+c', description: 'claim the task'}
  }
};
