"""Links to versions of snippets: made, taken back, and what somebody else sees through one."""
