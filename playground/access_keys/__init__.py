"""Access keys: what a program shows to both APIs, to be known as the owner that made it.

`key_store` keeps them, `bearer` finds who asks the JSON API, `needs` says what each address of it asks for;
`lambda_api.authentication` checks signatures made with them.
"""
