/** Small first letter, as inside a sentence; abbreviations such as CPD stay as they are. */
export function lowerFirst(words: string): string {
  return /^\p{Lu}\p{Lu}/u.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);
}
