/** What the runner may take to read the rest of our output: it reads all the time, so this is for one that hangs. */
const FLUSH_MILLISECONDS = 5000;

/**
 * Ends the process, whatever libraries have left open, as soon as the runner has all that was written. Its stdout is a
 * pipe, which Node fills in the background: what waits there at `process.exit()` would be lost, errors first of all.
 */
export async function endProcess(): Promise<never> {
  await new Promise<void>((resolve) => {
    process.stdout.write('', () => resolve());
    setTimeout(resolve, FLUSH_MILLISECONDS);
  });
  process.exit();
}
