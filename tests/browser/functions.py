"""Handlers that the page's tests run."""

ECHO = "export const handler = async (event) => ({ given: event });\n"

COUNTER = """\
let calls = 0;
export const handler = async () => {
  calls += 1;
  return { calls };
};
"""

TWO_LINES_TWO_SECONDS_APART = """\
export const handler = async () => {
  console.log("first line");
  await new Promise((resume) => setTimeout(resume, 2000));
  console.log("second line");
  return "the answer";
};
"""

NEVER_ENDS = """\
export const handler = async () => {
  console.log("it began");
  await new Promise((resume) => setTimeout(resume, 60000));
};
"""

TICKS = """\
export const handler = async ({ ticks, pause }) => {
  for (let tick = 1; tick <= ticks; tick += 1) {
    console.log(`tick ${tick}`);
    await new Promise((resume) => setTimeout(resume, pause));
  }
  return ticks;
};
"""

STREAMS = """\
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.write("first chunk\\n");
  await new Promise((resume) => setTimeout(resume, event.pause ?? 1000));
  stream.write("second chunk\\n");
  await new Promise((resume) => setTimeout(resume, event.pause ?? 1000));
  if (event.fail) throw new Error("broken in the middle");
  stream.end("last chunk");
});
"""

STREAMS_HTTP = """\
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  const response = awslambda.HttpResponseStream.from(stream, {
    statusCode: 201,
    headers: { "Content-Type": "application/json", "X-Order": "12345" },
    cookies: ["visits=1; Secure"],
  });
  response.write('{"accepted":');
  await new Promise((resume) => setTimeout(resume, 4_000));
  response.end("true}");
});
"""

THROWS = """\
const deeper = (order) => {
  if (!order) throw new TypeError("order is missing");
};
export const handler = async (event) => deeper(event.order);
"""

TAKES_ALL_MEMORY = """\
export const handler = async () => {
  const kept = [];
  for (;;) kept.push(Buffer.alloc(8 * 1024 * 1024, 1));
};
"""

PRINTS = """\
export const handler = async ({ lines }) => {
  for (let line = 1; line <= lines; line += 1) console.log(`line ${line} of ${lines}`);
};
"""
