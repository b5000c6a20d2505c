"""Where a function is locked up: the `Sandbox` protocol and its implementations.

Only the modules of this package start a process or a container.
"""
