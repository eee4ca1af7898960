// Runs one function's bundle in a worker thread, one event at a time, as a Lambda sandbox does.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { guardTable } from './iam-guard.ts';
import { redirectLog } from './log.ts';

/** One event for the function. Event and answer travel as JSON, as they do on Lambda. */
export interface WorkerEvent {
  requestId: string;
  deadline: number;
  event: string;
}

/** What became of the event. */
export type WorkerAnswer = { result: string } | { error: { name: string; message: string } };

/** Lambda's own limit (developer guide, "Lambda quotas"): 6 MB of answer. */
const mostResultBytes = 6 * 1024 * 1024;

const { bundle, functionName, functionArn, memoryMb, statements, logForPeople } = workerData;
redirectLog(process.stdout, logForPeople);
guardTable(functionName, statements);
const { handler } = createRequire(bundle)(bundle);

const run = async ({ requestId, deadline, event }: WorkerEvent): Promise<WorkerAnswer> => {
  try {
    const result = await handler(JSON.parse(event), {
      awsRequestId: requestId,
      callbackWaitsForEmptyEventLoop: true,
      functionName,
      functionVersion: '$LATEST',
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
      invokedFunctionArn: functionArn,
      logGroupName: `/aws/lambda/${functionName}`,
      logStreamName: 'local',
      memoryLimitInMB: String(memoryMb),
    });
    const text = JSON.stringify(result) ?? 'null';
    if (Buffer.byteLength(text) > mostResultBytes) throw new Error('The answer is too large');
    return { result: text };
  } catch (error) {
    const { name = 'Error', message = String(error) } = (error ?? {}) as Error;
    return { error: { name, message } };
  }
};

parentPort?.on('message', async (event: WorkerEvent) => {
  parentPort?.postMessage(await run(event));
});
