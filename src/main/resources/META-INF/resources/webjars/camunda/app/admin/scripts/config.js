export default {
  app: {
    name: 'Admin',
    vendor: 'Meshspan'
  },
  disableWelcomeMessage: true
};
