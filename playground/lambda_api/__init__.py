"""The AWS Lambda REST API, so that boto3, the AWS CLI and the AWS SDKs work against the playground.

`urls` routes to `functions` and `invoke`; every decision they take is in a pure module beside them. Paths,
members and constraints are those of the API's model (2015-03-31); status codes, error codes and messages are
as AWS answers them.
"""
