// Loads one bundle and invokes it once, and says how long after the start of the process it had answered.
// JavaScript, so that the start of TypeScript is not measured along.
const { bundle, event, status } = JSON.parse(process.argv[2]);
const loading = performance.now();
const { handler } = require(bundle);
const loaded = performance.now();
const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 10_000 };
handler(JSON.parse(event.replaceAll('{n}', process.argv[3])), context).then((answer) => {
  const answered = performance.now();
  if (status !== undefined && answer.statusCode !== status) throw new Error(answer.body);
  process.send({ loading, loaded, answered });
  process.disconnect();
});
