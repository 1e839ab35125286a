export default {
  app: {
    name: 'Cockpit',
    vendor: 'Meshspan'
  },
  disableWelcomeMessage: true
};
