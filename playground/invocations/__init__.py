"""Invocations: asked for by the page or the Lambda API, run by the worker, followed live, read again."""
