/** The command was not written right: told with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
