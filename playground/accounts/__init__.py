"""Accounts: signing up, in and out, the password, and what goes where when somebody comes or goes."""
