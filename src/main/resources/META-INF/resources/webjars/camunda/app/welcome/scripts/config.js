export default {
  app: {
    name: 'Welcome',
    vendor: 'Meshspan'
  },
  disableWelcomeMessage: true
};
