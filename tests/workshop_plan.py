"""A workshop of two exercises, each with a check that participants see and one that is hidden."""

import json
from typing import Any

EXERCISE = "hello"
CODE = {"index.mjs": "export const handler = async (event) => event;"}
SOLVED = {"index.mjs": "export const handler = async (event) => `Hello, ${event.name}!`;"}
HIDDEN = "marker-of-a-hidden-check"
CHECKS = [
    {
        "id": "ada",
        "title": "Greets Ada",
        "event": '{"name": "Ada"}',
        "expectations": [{"kind": "response_equals", "value": "Hello, Ada!"}],
    },
    {
        "id": "other",
        "title": "Greets others",
        "hidden": True,
        "event": json.dumps({"name": HIDDEN}),
        "expectations": [{"kind": "response_equals", "value": f"Hello, {HIDDEN}!"}],
    },
]
PLAN: dict[str, Any] = {
    "title": "Cold starts",
    "description": "What a first invocation costs.",
    "exercises": [
        {
            "id": exercise,
            "title": title,
            "instructions": "Greet the `name` of the event.\n\n```js\nreturn 1;\n```\n",
            "starter": {"files": CODE},
            "solution": SOLVED,
            "test_events": [{"name": "ada", "event": '{"name": "Ada"}'}],
            "hints": ["Look at `event.name`.", "A template literal helps."],
            "checks": CHECKS,
        }
        for exercise, title in ((EXERCISE, "Hello"), ("globals", "Globals"))
    ],
}
