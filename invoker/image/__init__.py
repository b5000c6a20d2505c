"""The runtime image: one root file system with Node.js, the runtime client, the RIE and the AWS SDK.

It is made of packages, without a container registry, and serves both sandboxes: bubblewrap binds it, and the
Docker Engine imports it. What Debian, npm and PyPI packages it is made of is written in this folder, with
versions and hashes. The modules here need nothing but Python's standard library (`docker_image` excepted),
because set-up uses them before there is a virtual environment.
"""
