"""The engine: runs a deployment package as AWS Lambda would, and tells what happened.

It knows nothing of Django, Celery or Channels. The way through it: `invocation` (what is asked) and
`deployment_package` go down to `invoke`, which takes an `execution_environment` built on a `sandbox`;
`events` come up.
"""
