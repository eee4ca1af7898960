/** The command was not written right: told with its help, and exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
