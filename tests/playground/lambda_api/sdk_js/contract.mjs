// What a program with the AWS SDK for JavaScript does: create, wait, invoke with the log tail, fail, delete.
// Prints one JSON object that the test reads.
import { readFile } from "node:fs/promises";
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  paginateListFunctions,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";

const [, , endpoint, FunctionName, zip, Role] = process.argv;
const client = new LambdaClient({
  endpoint,
  region: "us-east-1",
  maxAttempts: 1,
});

const created = await client.send(
  new CreateFunctionCommand({
    FunctionName,
    Role,
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Code: { ZipFile: await readFile(zip) },
  }),
);
const active = await waitUntilFunctionActiveV2({ client, maxWaitTime: 10 }, { FunctionName });
const updated = await waitUntilFunctionUpdatedV2({ client, maxWaitTime: 10 }, { FunctionName });

const names = [];
for await (const page of paginateListFunctions({ client, pageSize: 1 }, {})) {
  names.push(...page.Functions.map((listed) => listed.FunctionName));
}

const invoked = await client.send(
  new InvokeCommand({
    FunctionName,
    LogType: "Tail",
    Payload: JSON.stringify({ a: 41 }),
    ClientContext: Buffer.from(JSON.stringify({ custom: { from: "js" } })).toString("base64"),
  }),
);
await client.send(new DeleteFunctionCommand({ FunctionName }));
const gone = await client.send(new GetFunctionCommand({ FunctionName })).catch((error) => error);

console.log(
  JSON.stringify({
    state: created.State,
    waited: [active.state, updated.state],
    listed: names.includes(FunctionName),
    status: invoked.StatusCode,
    version: invoked.ExecutedVersion,
    functionError: invoked.FunctionError ?? null,
    payload: JSON.parse(Buffer.from(invoked.Payload).toString()),
    log: Buffer.from(invoked.LogResult, "base64").toString(),
    requestId: invoked.$metadata.requestId,
    gone: { name: gone.name, status: gone.$metadata.httpStatusCode, message: gone.message },
  }),
);
