// Leads on to the identity provider's own sign-out. The token goes by a form, and stays out of addresses and logs.
document.getElementById('sign-out').submit();
