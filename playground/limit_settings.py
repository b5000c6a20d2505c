"""How much the service takes and lets be at once, read from the environment: a part of the settings."""

import environ

env = environ.Env()

# How many invocations run at once: of one owner, and on one host, however many workers it has
INVOCATIONS_PER_OWNER_MAX = env.int("INVOCATIONS_PER_OWNER_MAX", 50)
WORKER_CONCURRENCY = env.int("WORKER_CONCURRENCY", 100)
# How many wait: of one owner, and of all
QUEUED_PER_OWNER_MAX = env.int("QUEUED_PER_OWNER_MAX", 100)
QUEUED_MAX = env.int("QUEUED_MAX", 2_000)
# How many wait or run from one address; a class of forty sits behind one
UNFINISHED_PER_ADDRESS_MAX = env.int("UNFINISHED_PER_ADDRESS_MAX", 1_000)
# How many may be submitted within so many seconds, by one owner and from one address
RATE_SECONDS = env.int("RATE_SECONDS", 10)
SUBMISSIONS_PER_OWNER_MAX = env.int("SUBMISSIONS_PER_OWNER_MAX", 2_000)
SUBMISSIONS_PER_ADDRESS_MAX = env.int("SUBMISSIONS_PER_ADDRESS_MAX", 4_000)
# How many links that still open one snippet has, and one owner in all
SHARES_PER_SNIPPET_MAX = env.int("SHARES_PER_SNIPPET_MAX", 20)
SHARES_PER_OWNER_MAX = env.int("SHARES_PER_OWNER_MAX", 500)
# How many access keys an owner has, those that are revoked or expired included
ACCESS_KEYS_PER_OWNER_MAX = env.int("ACCESS_KEYS_PER_OWNER_MAX", 20)
# Wrong passwords until sign-in is locked for so many seconds: for a name from one address, from one address
# whatever the names, and for a name from all addresses, which does not lock out a browser that has signed in
SIGN_IN_LOCK_SECONDS = env.int("SIGN_IN_LOCK_SECONDS", 900)
SIGN_IN_FAILURES_MAX = env.int("SIGN_IN_FAILURES_MAX", 10)
SIGN_IN_FAILURES_PER_ADDRESS_MAX = env.int("SIGN_IN_FAILURES_PER_ADDRESS_MAX", 100)
SIGN_IN_FAILURES_PER_NAME_MAX = env.int("SIGN_IN_FAILURES_PER_NAME_MAX", 100)
# Within an hour: attempts to sign up, and to have a password reset, from one address; e-mails to one mailbox
SIGN_UPS_PER_ADDRESS_MAX = env.int("SIGN_UPS_PER_ADDRESS_MAX", 200)
RESETS_PER_ADDRESS_MAX = env.int("RESETS_PER_ADDRESS_MAX", 50)
RESETS_PER_MAILBOX_MAX = env.int("RESETS_PER_MAILBOX_MAX", 5)
# How many proxies stand before the service, each of which adds to X-Forwarded-For; without one it is ignored
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

# How many functions an owner may have, and how many bytes of code together
FUNCTIONS_PER_OWNER_MAX = env.int("FUNCTIONS_PER_OWNER_MAX", 10_000)
VERSIONS_PER_FUNCTION_MAX = env.int("VERSIONS_PER_FUNCTION_MAX", 1_000)
CODE_BYTES_PER_OWNER_MAX = env.int("CODE_BYTES_PER_OWNER_MAX", 1024 * 1024 * 1024)

# What one web process lets clients keep open, and how long it waits for them
CONNECTIONS_MAX = env.int("CONNECTIONS_MAX", 4_000)
CONNECTIONS_PER_ADDRESS_MAX = env.int("CONNECTIONS_PER_ADDRESS_MAX", 1_000)
WEBSOCKETS_MAX = env.int("WEBSOCKETS_MAX", 2_000)
WEBSOCKETS_PER_ADDRESS_MAX = env.int("WEBSOCKETS_PER_ADDRESS_MAX", 1_000)
WEBSOCKETS_PER_OWNER_MAX = env.int("WEBSOCKETS_PER_OWNER_MAX", 100)
REQUEST_HEAD_BYTES_MAX = env.int("REQUEST_HEAD_BYTES_MAX", 64 * 1024)
REQUEST_HEAD_SECONDS = env.float("REQUEST_HEAD_SECONDS", 10.0)
REQUEST_BODY_SECONDS = env.float("REQUEST_BODY_SECONDS", 20.0)
REQUEST_BODY_BYTES_PER_SECOND_MIN = env.int("REQUEST_BODY_BYTES_PER_SECOND_MIN", 16 * 1024)
RESPONSE_STALLED_SECONDS = env.float("RESPONSE_STALLED_SECONDS", 30.0)
# Bodies of requests and answers at once, in one web process: from one address, and of all
BODY_BYTES_PER_ADDRESS_MAX = env.int("BODY_BYTES_PER_ADDRESS_MAX", 256 * 1024 * 1024)
BODY_BYTES_MAX = env.int("BODY_BYTES_MAX", 512 * 1024 * 1024)

# What one body may hold. The Lambda API takes 50 MB zips in Base64; our own API takes an event of 6 MB and
# files of 3 MB, which JSON escapes can double or more.
API_BODY_BYTES_MAX = 32 * 1024 * 1024
LAMBDA_API_BODY_BYTES_MAX = 72 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = LAMBDA_API_BODY_BYTES_MAX
