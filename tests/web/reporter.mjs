// Tells of each test in a line, and ends with the line `web: N passed, N failed` that the chores read.
//
// Node's own reporters word their counts in another way in each version, and count a file without tests as a test.

import { inspect } from 'node:util';

export default async function* report(source) {
  let nPassed = 0;
  let nFailed = 0;
  const skipped = [];
  for await (const { type, data } of source) {
    if (type === 'test:stderr' || type === 'test:stdout') {
      yield data.message;
    } else if (type === 'test:diagnostic' && data.level === 'warn') {
      yield `${data.message}\n`;
    } else if (type === 'test:pass' && data.skip !== undefined) {
      skipped.push(`skipped: ${data.name} (${data.skip})`);
    } else if (type === 'test:pass' && !isWhole(data)) {
      nPassed += 1;
      yield `passed  ${data.name} (${Math.round(data.details.duration_ms)} ms)\n`;
    } else if (type === 'test:fail' && !isBecauseOfOthers(data)) {
      nFailed += 1;
      const { error } = data.details;
      yield `FAILED  ${data.name}\n${indented(inspect(error.cause ?? error))}\n`;
    }
  }
  yield skipped.map((line) => `${line}\n`).join('');
  yield `web: ${nPassed} passed, ${nFailed} failed\n`;
}

/** Whether an event stands for a file or a suite, whose tests have events of their own. */
function isWhole(data) {
  return data.details.type === 'suite' || data.name.endsWith('.test.mjs');
}

/** Whether something failed only since a part of it did, which has been told. */
function isBecauseOfOthers(data) {
  return data.details.error?.failureType === 'subtestsFailed';
}

function indented(text) {
  return text.replace(/^/gm, '        ');
}
