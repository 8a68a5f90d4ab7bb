/** Ctrl-C: the first asks the work to stop, the second ends the process at once. Works are made so that
 *  either leaves nothing half-done to be read. */

/** The person stopped the work. Nothing is wrong. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Exit code of a command that was stopped, as shells have it. */
export const STOPPED = 130;

/** How long a work may take to stop before the process ends without it. */
const GRACE_MS = 3000;

/** Runs `work` with a signal that Ctrl-C (or a request to end) fires. Throws Stopped when it was
 *  stopped before it was done; work that was done all the same is given back. `farewell` is said when
 *  the process ends without waiting for the work. */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  farewell: string,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const leave = (): void => {
    process.stderr.write(`\n${farewell}\n`);
    process.exit(STOPPED);
  };
  const stop = (): void => {
    if (controller.signal.aborted) leave();
    controller.abort(new Stopped());
    timer = setTimeout(leave, GRACE_MS);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } catch (e) {
    // Whatever the work says about it, it failed because it was stopped.
    if (controller.signal.aborted) throw new Stopped();
    throw e;
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
