"""Set-up: from a bare machine to one that can run or test the playground.

Run by the system's Python before there is a virtual environment, so it needs the standard library alone.
"""
