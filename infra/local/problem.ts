/** Something the person at the laptop can mend: shown as one sentence, without a stack trace. */
export class Problem extends Error {
  override readonly name = 'Problem';
}
