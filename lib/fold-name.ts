/**
 * The form that all spellings of one name have in common: keys and comparisons use it. By way of upper
 * case, so that letters with several lower-case forms fall together; of those the Greek sigma has one
 * for a word's end.
 */
export const foldName = (username: string): string =>
  username
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFKC');
