// Goal: the last line of `npm test` tells the truth, above all when something failed outside a test.
import { describe, expect, it } from 'vitest';
import { narrow } from './run/narrow.ts';
import { readTally, tallyLine, tallyOf } from './run/tally.ts';

const testFiles = ['packages/rules/test/feel.test.ts', 'test/walls.test.ts'];
const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };

describe('narrowing', () => {
  it('takes a part of a path for a file and anything else for a name', () => {
    expect(narrow(['feel'], testFiles).args).toEqual(['feel']);
    expect(narrow(['3.3'], testFiles).args).toEqual([String.raw`--testNamePattern=3\.3`]);
    expect(narrow(['walls', '商业', '--bail=1'], testFiles).args).toEqual([
      '--bail=1',
      'walls',
      '--testNamePattern=商业',
    ]);
  });

  it('escapes the name, so that 3.3 is not 3x3', () => {
    const [arg = ''] = narrow(['3.3'], testFiles).args;
    const pattern = new RegExp(arg.replace('--testNamePattern=', ''));
    expect(pattern.test('clause 3.3')).toBe(true);
    expect(pattern.test('clause 3x3')).toBe(false);
  });
});

describe('the last line', () => {
  const passed = { status: 'passed' };
  const failed = { status: 'failed' };

  it('counts a file that failed before any test', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [passed] },
      { status: 'failed', assertionResults: [failed] },
      { status: 'passed', assertionResults: [passed] },
    ];
    const result = { ...none, numPassedTests: 2, numFailedTests: 1, testResults };
    expect(tallyLine(tallyOf(result, 1), false)).toBe('2 passed, 3 failed');
  });

  it('calls a run without a test, and an unexplained exit code, a failure', () => {
    expect(tallyOf({ ...none, testResults: [] }, 0).failed).toBe(1);
    const testResults = [{ status: 'passed', assertionResults: [passed] }];
    expect(tallyOf({ ...none, numPassedTests: 1, testResults }, 1).failed).toBe(1);
    expect(tallyOf({ ...none, numPassedTests: 1, testResults }, 0).failed).toBe(0);
    expect(readTally('no such file', 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('names skipped tests only where nobody asked to skip them', () => {
    expect(tallyLine({ passed: 1, failed: 0, skipped: 2 }, false)).toBe(
      '1 passed, 0 failed, 2 skipped',
    );
    expect(tallyLine({ passed: 1, failed: 0, skipped: 2 }, true)).toBe('1 passed, 0 failed');
  });
});
